"""People: joining, invites, leaves, phones, staff and office contacts."""
