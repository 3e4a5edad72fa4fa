"""Personal data: requests, export, erasure and retention."""
