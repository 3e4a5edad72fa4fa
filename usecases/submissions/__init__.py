"""Submissions: drafts, figures, pledges, handing in and receipts."""
