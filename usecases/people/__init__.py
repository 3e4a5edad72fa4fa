"""People: invites, joining, posts, phones, leaves and office contacts."""
