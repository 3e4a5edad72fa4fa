"""`thidua backup`, `thidua restore`: keeping an installation."""
