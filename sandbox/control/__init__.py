"""The control API: what a script or the page does in place of people and time."""
