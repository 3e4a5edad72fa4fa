"""Papers uploaded by a personal link on the web page, where the messenger carries no more."""
