"""Middlewares that every update passes before a handler sees it: one module each."""
