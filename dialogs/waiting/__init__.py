"""Everything that waits for a reviewer or a standing body."""
