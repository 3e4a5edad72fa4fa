"""Forms: reports and pledges, asked one question at a time."""
