"""What a process tells of itself on a local port: whether it lives, whether it is ready, and its figures."""
