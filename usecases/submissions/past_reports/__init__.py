"""Reports of past periods, entered so that the first report in the bot can be compared with them."""
