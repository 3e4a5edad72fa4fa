"""Answers to a reminder."""
