"""The table of figures that were read, to be confirmed with one tap."""
