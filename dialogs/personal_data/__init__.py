"""A person's own data, and requests about it."""
