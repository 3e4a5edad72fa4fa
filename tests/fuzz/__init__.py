"""Whatever the messenger may deliver: every kind of update, odd texts, broken bytes, floods."""
