"""Writing a plan as the YAML text that `plans/reader` reads."""
