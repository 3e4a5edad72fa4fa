"""The outbox: what is queued for people, and what the sender does with it."""
