"""Tables of duties, reminders, extensions and leaves."""
