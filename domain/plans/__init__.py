"""Plans: deadlines, indicators, periods, awards and legal basis."""
