"""Seals of what was handed in: making, checking and auditing them."""
