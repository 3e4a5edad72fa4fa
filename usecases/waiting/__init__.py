"""Items that wait for a reviewer or a standing body, and the message about them each working morning."""
