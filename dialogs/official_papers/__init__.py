"""Screens of official papers: the drafts that fit a duty, and the templates of an office."""
