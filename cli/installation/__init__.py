"""`thidua run`, `bot`, `scheduler`, `web`, and backup, checks, retention: running and keeping an installation."""
