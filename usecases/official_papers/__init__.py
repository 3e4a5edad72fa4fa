"""Official papers: what stands in each draft, and the templates that an office has set for them."""
