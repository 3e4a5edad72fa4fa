"""Submissions: states, returns, pledges, outliers and seals."""
