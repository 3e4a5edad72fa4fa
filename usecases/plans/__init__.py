"""Plans in force: loading, changes, set dates and quotas."""
