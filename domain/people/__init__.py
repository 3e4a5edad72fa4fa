"""People: names, phones, and requests about their data."""
