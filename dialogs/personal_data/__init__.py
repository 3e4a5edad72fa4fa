"""Personal data: a person's own, and requests about it."""
