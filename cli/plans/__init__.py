"""`thidua plans`: plans checked, loaded, shown and ended."""
