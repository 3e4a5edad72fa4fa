"""Checking and reading uploaded files: bytes in, verdict out; imports the domain only."""
