"""Buttons of messages that the bot sends unasked."""
