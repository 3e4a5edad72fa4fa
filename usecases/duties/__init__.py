"""Duties: opening them, showing them, what they require, and who is assigned."""
