"""What the sandbox knows: people, chats, messages, updates and the clock."""
