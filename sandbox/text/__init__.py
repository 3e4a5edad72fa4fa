"""Message texts: HTML, entities and keyboards."""
