"""Pictures of papers, and what reading them costs."""
