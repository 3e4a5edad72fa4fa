"""Scheduled jobs: open duties, remind the units that still owe, deliver the outbox."""
