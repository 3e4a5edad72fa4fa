"""Units to which the bot cannot write: escalations, call list and notices to a unit."""
