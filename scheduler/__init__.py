"""The clock's jobs: open duties, remind those who still owe, deliver the outbox."""
