"""Units that the bot cannot write to."""
