"""Sending messages: one module per messenger."""
