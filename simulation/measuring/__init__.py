"""What several benches stand on: a filled province, processes, counting, timing, the raw reference."""
