"""Keeping an installation: backup, restore, and what is wrong with it."""
