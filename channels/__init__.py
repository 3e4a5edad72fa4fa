"""Roads out of the house: one module per messenger."""
