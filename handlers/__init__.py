"""Commands, group events, buttons of pushed messages, and errors."""
