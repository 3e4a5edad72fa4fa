"""Reviews: queue, sheet, answers, undo, returns and hard copies."""
