"""Screens of the compiled report."""
