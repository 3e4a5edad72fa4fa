"""A local Bot API server with a web page of phones and a clock to wind; it knows none of the other rooms."""
