"""Screens: one file per dialog, from top to bottom in the order in which the officer meets its windows."""

from dialogs.deferred_models import import_aiogram

# Before any other module imports it.
import_aiogram()
