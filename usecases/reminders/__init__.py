"""Reminders: who is told of what and when, and what the message says."""
