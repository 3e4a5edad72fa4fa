"""What the head of a cluster may see and do: how its units stand, reminders, telephone calls."""
