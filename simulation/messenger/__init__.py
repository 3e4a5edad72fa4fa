"""A small Bot API server on loopback for measurements: it answers at once, and counts calls as the messenger does."""
