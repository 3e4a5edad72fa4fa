"""Rules of the compiled report: how figures of many units make one, and what may be compared with what."""
