"""The outer form of a pasted text: tables with tabs, bars or wide gaps, and lines with bullets and numbering."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from domain.figures.grammar.atoms import fold
from domain.figures.grammar.lexicon import COUNTING_WORDS
from domain.typed_input.words import clean_line

_BULLET = re.compile(
    r"^(?:[\s\u2022\u25cf\u25aa\u25e6\u25cb\u25ba\u2713\u2714\u2705\u2192\u00b7*>\uf0b7]|[-+\u2013\u2014](?![0-9]))+"
)
_NUMBERING = re.compile(
    r"^(?:\(?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)/](?=\s|[^\W\d])|[0-9]{1,2}\s?[-\u2013](?=\s?[^\W\d])|\(?[a-z\u0111][.)]\s|[ivx]{1,5}[.)/](?=\s))\s*",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?:(?<=[\s;:.,])|^)\(?(?P<number>[0-9]{1,2})[.)]\s(?=[^\W\d])")
_PLAIN_NUMBER = re.compile(r"^(?P<number>[0-9]{1,2})\s+(?=[^\W\d])")
_GAP = re.compile(r"\s{2,}")
_BROKEN_CELL = re.compile(r'(?:(?<=\t)|(?m:^))"(?P<words>[^"\t]{1,200})"(?=\t|(?m:$))')
"""A cell as Excel copies it if it has line breaks."""
_RULE = re.compile(r"[\s|:+=_-]*")


@dataclass(frozen=True, slots=True)
class PastedTable:
    rows: tuple[tuple[str, ...], ...]


Block = PastedTable | tuple[str, ...]
"""A table, or lines as they were written."""


def blocks_of(text: str) -> Iterator[Block]:
    whole = _BROKEN_CELL.sub(lambda cell: " ".join(cell["words"].split()), text)
    lines = [line for line in whole.splitlines() if line.strip() and not _RULE.fullmatch(line)]
    gapped = _gapped(lines)
    kinds = [_mark(line) or ("  " if place in gapped else "") for place, line in enumerate(lines)]
    for mark, pairs in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        run = [line for _, line in pairs]
        yield PastedTable(tuple(_cells(line, mark) for line in run)) if mark else tuple(run)


def _mark(line: str) -> str:
    """Return what parts the cells of a line: a tab, a bar, or nothing."""
    if "\t" in line.strip():
        return "\t"
    return "|" if line.strip().strip("|").count("|") >= 1 else ""


def _gapped(lines: Sequence[str]) -> set[int]:
    """Return the places of lines that are rows of columns parted by two spaces or more, at least two in a row."""
    wide = [len(_GAP.split(line.strip())) >= 3 for line in lines]
    return {
        place
        for place in range(len(lines))
        if wide[place] and ((place and wide[place - 1]) or (place + 1 < len(lines) and wide[place + 1]))
    }


def _cells(line: str, mark: str) -> tuple[str, ...]:
    if mark == "|":
        return tuple(clean_line(cell) for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
    cells = line.split("\t") if mark == "\t" else _GAP.split(line.strip())
    return tuple(clean_line(cell) for cell in cells)


def content_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines in one spelling, without bullets and numbering."""
    cleaned = [without_bullet(part) for line in lines for part in _parted(clean_line(line))]
    numbered = _numbered(cleaned)
    return tuple(
        _PLAIN_NUMBER.sub("", line) if place in numbered else line for place, line in enumerate(cleaned) if line
    )


def _parted(line: str) -> list[str]:
    """Return the parts of a line that numbers them itself: «1. Thu ngân sách 12 tỷ; 2. BHYT 93 %»."""
    found = [*_INSIDE.finditer(line)]
    if len(found) < 2 or [int(one["number"]) for one in found] != [*range(1, len(found) + 1)]:
        return [line]
    ends = [one.start() for one in found]
    return [line[: ends[0]], *(line[start:end] for start, end in zip(ends, [*ends[1:], len(line)], strict=True))]


def without_bullet(line: str) -> str:
    bare = _BULLET.sub("", line)
    return _BULLET.sub("", _NUMBERING.sub("", bare))


def _numbered(lines: Sequence[str]) -> set[int]:
    """Return the places of lines that begin with a bare running number: «1 Thu ngân sách 12,5»."""
    found = {place: int(match["number"]) for place, line in enumerate(lines) if (match := _PLAIN_NUMBER.match(line))}
    if len(found) < 2 or [*found.values()] != [*range(1, len(found) + 1)]:
        return set()
    return {place for place in found if not _counts(lines[place])}


def _counts(line: str) -> bool:
    """Whether the words after the first number are what is counted: «5 vụ …»."""
    words = fold(line).split()[1:4]
    return any(tuple(words[:length]) in COUNTING_WORDS for length in range(1, 4))
