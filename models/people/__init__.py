"""Tables of people, invites, rosters and requests about their data."""
