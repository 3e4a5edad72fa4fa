"""Charts as PNG pictures that are readable on a phone."""
