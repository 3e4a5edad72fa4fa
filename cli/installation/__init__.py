"""`thidua backup`, `thidua restore`, `thidua doctor`: keeping an installation."""
