"""The words of deadlines in folded text: times and what binds them, parties, tasks, and what is no deadline."""
