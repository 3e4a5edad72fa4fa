"""Announcements: a new one, and those that were sent."""
