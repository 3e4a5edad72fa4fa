"""A plan read from its text: the draft of an authority, its duties decided one by one, and the plan loaded from it."""
