"""Use cases: one async function per action. It reads, decides and writes, commits once at its end, returns a view."""
