"""Texts of queued messages, rendered when they are sent."""
