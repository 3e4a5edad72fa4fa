"""Demo: a sample organisation and season on the sandbox, with a clock to wind."""
