"""Figures of a report or a pledge as files: the form to fill in, and what comes back in Excel, Word or PDF."""
