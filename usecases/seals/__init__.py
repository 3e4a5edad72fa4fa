"""Seals of submissions: making, checking and auditing them."""
