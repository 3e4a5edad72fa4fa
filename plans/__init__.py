"""Plans and legal texts as data, and their readers; it knows the domain only."""
