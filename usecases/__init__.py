"""One async function per action: read, decide, write; it commits once, last, and returns a frozen view."""
