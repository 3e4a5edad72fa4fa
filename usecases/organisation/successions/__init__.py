"""Merging, splitting, renaming and closing units as of a date."""
