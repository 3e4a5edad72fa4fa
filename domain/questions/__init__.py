"""Questions in people's own words: their vocabulary, their grammar and what they are read as. No guessing."""
