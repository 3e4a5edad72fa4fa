"""Tables with their queries, and the unit of work."""
