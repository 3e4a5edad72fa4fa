"""Tables of submissions, reports, pledges, dossiers, reviews and seals."""
