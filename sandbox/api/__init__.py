"""Bot API over HTTP: calls, methods, polling and webhooks."""
