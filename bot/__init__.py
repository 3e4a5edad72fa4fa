"""The bot at work: settings, composition, and the parts that receive and send."""
