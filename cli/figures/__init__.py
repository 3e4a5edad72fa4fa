"""`thidua figures`: figures read from text and files, without a bot."""
