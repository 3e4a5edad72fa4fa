"""Screens of cluster heads."""
