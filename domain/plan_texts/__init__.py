"""Reading the text of a plan: sentences with a deadline become proposals for duties."""
