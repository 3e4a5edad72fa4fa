"""Units that the bot cannot write to: escalations, call list and announcements."""
