"""The running bot: settings, composition, and the parts that receive and send."""
