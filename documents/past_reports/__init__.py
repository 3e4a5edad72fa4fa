"""Figures of a past period in an Excel file: one row for each unit, one column for each indicator."""
