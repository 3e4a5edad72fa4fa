"""Statements for both databases: inserts that meet a conflict, and kept ones, which the driver executes by itself."""
