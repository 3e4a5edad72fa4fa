"""The compiled report: what all units handed in for one duty, put together as the plan says."""
