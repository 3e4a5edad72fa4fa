"""What waits for a reviewer or a standing body, and the message of each working morning."""
