"""Reviews: queue, sheet, acceptance, returns, corrections and undo."""
