"""A year of many units played on a real database, judged by an independent oracle."""
