"""Links to the web page for files that the messenger does not carry."""
