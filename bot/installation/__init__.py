"""Keeping an installation: backup, restore."""
