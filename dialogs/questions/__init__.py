"""Questions in words: what is typed is answered above the open screen."""
