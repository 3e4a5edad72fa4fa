"""The draft of a plan that was read from its text: decided, edited and completed by people, then a plan."""
