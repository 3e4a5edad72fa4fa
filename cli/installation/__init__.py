"""`thidua run`, `bot`, `scheduler`, `web`, and `backup`, `restore`, `doctor`: running and keeping an installation."""
