"""Reminders: queueing, digests, snoozes and who can be reached."""
