"""What `thidua bench` runs: each measures one thing, beside a reference of the same run."""
