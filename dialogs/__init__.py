"""Screens: one file per dialog, from top to bottom in the order in which the officer meets its windows."""
