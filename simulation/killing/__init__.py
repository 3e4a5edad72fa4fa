"""The product's processes killed without warning while officers go on, and what is lost or doubled by it."""
