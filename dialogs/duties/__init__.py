"""The officer's duties and the calendar of deadlines."""
