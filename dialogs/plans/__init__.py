"""Dates that the standing body sets."""
