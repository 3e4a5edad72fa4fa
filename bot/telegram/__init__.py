"""Receiving updates from Telegram: client, dispatcher, update inbox and dialog storage."""

# It imports aiogram in a way of its own, so it must come before what is here.
import dialogs  # noqa: F401
