"""The outermost room: settings, command line, composition, dispatcher, middlewares and dialog storage."""
