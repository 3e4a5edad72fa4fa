"""Status for leaders: counts, search, exports and the weekly summary."""
