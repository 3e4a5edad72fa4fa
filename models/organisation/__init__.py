"""Tables of units, clusters and successions."""
