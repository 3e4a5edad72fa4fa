"""Checking and reading uploaded files: bytes in, verdict out; it knows the domain only."""
