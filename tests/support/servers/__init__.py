"""Servers beside the bot, and the ways to them."""
