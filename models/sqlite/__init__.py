"""SQLite for this product: writers take their lock at the start, and short statements need no other thread."""
