"""The compiled report as files and plain text."""
