"""Steps shared by tests of several subjects."""
