"""The organisation: founding it, importing it, and successions of units."""
