"""Announcements of a standing body: written, sent to the units of an audience, and read."""
