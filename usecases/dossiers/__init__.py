"""Award dossiers: checklist, attachments and proposals."""
