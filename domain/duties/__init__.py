"""Duties: standing, tallies, reminders, extensions, leaves and reachability."""
