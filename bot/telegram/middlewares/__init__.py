"""What every update passes before a handler sees it: one module per middleware."""
