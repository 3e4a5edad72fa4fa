"""The organisation: administration, imports and successions of units."""
