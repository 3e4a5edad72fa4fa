"""Control API: a script or the page acts in place of people and time."""
