"""State of the sandbox: people, chats, messages, updates and the clock."""
