"""Figures of a whole report or pledge at once: the form to fill in, and what a text or a file says."""
