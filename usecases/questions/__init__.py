"""Questions in people's own words: read within what the asker may see, and answered from the other use cases."""
