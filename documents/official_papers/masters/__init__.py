"""Makes the shipped Word templates: `python -m documents.official_papers.masters` writes them again."""
