"""Local Bot API server with a web page of phones and a clock to wind; it imports none of the other rooms."""
