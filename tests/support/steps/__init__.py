"""Steps that tests of several subjects take."""
