"""Plans and legal texts as data files, and their readers; imports the domain only."""
