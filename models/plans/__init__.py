"""Plans in force: their stored texts, and the plans parsed from them."""
