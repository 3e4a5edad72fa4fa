"""Receiving updates from Telegram: client, dispatcher, update inbox and dialog storage."""
