"""The paragraphs and table rows of a plan's text, put together again from lines and pages, each under its headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from domain.plan_texts.grammar.folding import fold
from domain.typed_input.words import clean

_MARKERS = (
    re.compile(r"(?:phan (?:thu )?|chuong |phu luc ?(?:so )?)(?:[ivx\d]+\b|nhat|hai|ba|$)"),
    re.compile(r"[ivx]{1,5} ?[.)-] ?(?=\S)"),
    re.compile(r"dieu \d{1,3}\b"),
    re.compile(r"\d{1,2} ?[.)/-] ?(?![\d])(?=\S)"),
    re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.? (?=\S)"),
    re.compile(r"[a-z]{1,2} ?[).] ?(?=\S)"),
    re.compile(r"[-–•‣▪●*+✓o] (?=\S)|[-•●](?=[a-z])"),
)
"""What a paragraph begins with, from the highest heading to the lowest point of a list."""
PARAGRAPH_END = "\u2029"
"""Ends a line behind which a paragraph ends, where the file says so."""
LIST_RANK = len(_MARKERS) - 1
NO_MARKER = len(_MARKERS)
_PAGE_MARK = re.compile(r"(?:trang )?[-–]? ?\d{1,3}(?: ?/ ?\d{1,3})? ?[-–]?|\f|page \d+.*|-{3,}|_{3,}|\.{6,}")
_RECIPIENTS = re.compile(r"noi nhan ?:?")
_APPENDIX = re.compile(r"(?:phu luc|bieu (?:so|mau)|mau so|danh muc|lich )")
_BULLET = re.compile(r"^\s*[\uf000-\uf0ff\u25a0-\u25ff\u2022\u2023\u27a2\u2713\u2714]\s*")
"""Bullets; Word draws them with letters of its own (\uf0b7)."""
_EMPHASIS = re.compile(r"\*+(?=\S)|(?<=\S)\*+")
_ATTACHED = re.compile(r"(?:ke hoach|quy che|quy dinh|huong dan|de an|chuong trinh|noi dung)\b")
_TAGS = re.compile(r"<br ?/?>|</?p>")
_OPENING = re.compile(r"(?:can cu|kinh gui|theo de nghi|xet de nghi)\b")
_WIDEST_LINE = 130
"""Letters of the longest line of a text that is broken into lines; elsewhere a line is a paragraph."""
_FULL = 0.75
"""Share of the usual width from which on a line is full."""
_SHORTEST_FULL = 40


class Zone(StrEnum):
    BODY = auto()
    RECIPIENTS = auto()
    """«Nơi nhận» and the signature."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table."""

    text: str
    """Its words with single spaces; cells are parted by tabs."""
    line: int
    """Line of the text (from 1) on which it begins."""
    rank: int = NO_MARKER
    """What it begins with: a place in `_MARKERS`, from the highest heading to a dash."""
    zone: Zone = Zone.BODY
    above: tuple["Block", ...] = ()
    """The headings above it, the highest first."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Cells of a row; empty for a paragraph."""
        return tuple(cell.strip() for cell in self.text.split("\t")) if "\t" in self.text else ()

    @property
    def is_heading(self) -> bool:
        return self.rank < LIST_RANK and "\t" not in self.text


def read_blocks(text: str) -> list[Block]:
    """Return the paragraphs and rows in their order, without page marks."""
    lines = list(_lines(text))
    return list(_under_headings(_zoned(_joined(lines, full_from=_full_line(lines)))))


@dataclass(slots=True)
class _Line:
    text: str
    number: int
    after_gap: bool
    rank: int


def _lines(text: str) -> Iterator[_Line]:
    is_after_gap = True
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\f", "\n").split("\n"), start=1):
        line = _cleaned(raw)
        if not line or _PAGE_MARK.fullmatch(fold(line)):
            is_after_gap = True
            continue
        yield _Line(line, number, is_after_gap, _rank(line))
        is_after_gap = raw.endswith(PARAGRAPH_END)


def _full_line(lines: Sequence[_Line]) -> int:
    """Return the letters from which on a line is full and goes on in the next; none is where lines are paragraphs."""
    lengths = sorted(len(line.text) for line in lines if "\t" not in line.text)
    if not lengths or lengths[-1] > _WIDEST_LINE:
        return _WIDEST_LINE + 1
    return max(_SHORTEST_FULL, int(lengths[len(lengths) * 9 // 10] * _FULL))


def _cleaned(raw: str) -> str:
    raw = _BULLET.sub("- ", _EMPHASIS.sub("", raw))
    if raw.lstrip().startswith("|") and raw.count("|") > 2:
        raw = "\t".join(raw.strip().strip("|").split("|"))
    if "\t" not in raw:
        return clean(_TAGS.sub(" ", raw))
    cells = [clean(_TAGS.sub(" ", cell)) for cell in raw.split("\t")]
    return "\t".join(cells) if sum(map(bool, cells)) > 1 or len(cells) > 2 else " ".join(cells).strip()


def _rank(line: str) -> int:
    folded = fold(line)
    return next((rank for rank, marker in enumerate(_MARKERS) if marker.match(folded)), NO_MARKER)


def _joined(lines: Iterable[_Line], *, full_from: int) -> Iterator[Block]:
    held: Block | None = None
    is_full = False
    for line in lines:
        was_full, is_full = is_full, len(line.text) >= full_from
        if held is not None and _goes_on(held, line, was_full=was_full):
            held = replace(held, text=f"{held.text} {line.text}")
            continue
        if held is not None and _is_rest_of_row(held, line):
            cells = zip(held.text.split("\t"), line.text.split("\t"), strict=True)
            held = replace(held, text="\t".join(f"{above} {below}".strip() for above, below in cells))
            continue
        if held is not None:
            yield held
        held = Block(line.text, line.number, line.rank)
    if held is not None:
        yield held


def _is_rest_of_row(held: Block, line: _Line) -> bool:
    """Whether a row is the end of the one on the page before: without a number, and in the middle of a sentence."""
    cells, above = line.text.split("\t"), held.text.split("\t")
    if not line.after_gap or len(cells) == 1 or len(cells) != len(above) or cells[0] or not above[0]:
        return False
    pairs = [(cell, before) for cell, before in zip(cells, above, strict=True) if cell]
    return all(before for _, before in pairs) and any(cell[0].islower() or cell[0].isdigit() for cell, _ in pairs)


def _goes_on(held: Block, line: _Line, *, was_full: bool) -> bool:
    """Whether a line belongs to the paragraph before it, on the same page or over a page's end."""
    if "\t" in line.text or "\t" in held.text or held.text.endswith((".", ";", ":", "!", "?", "/.", "./")):
        return False
    first = next((letter for letter in line.text if letter.isalnum()), "")
    if line.rank == LIST_RANK:
        return fold(held.text).endswith("thi dua") and fold(line.text).startswith("- khen thuong")
    if line.rank < LIST_RANK:
        return False
    if line.text[:1].islower() or held.text.endswith((",", "-", "(")) or (first.isdigit() and line.text[0] != "["):
        return True
    if held.text.isupper() or line.text.isupper() or _RECIPIENTS.match(fold(line.text)):
        return False
    return was_full and not line.after_gap and not _OPENING.match(fold(line.text))


def _zoned(blocks: Iterator[Block]) -> Iterator[Block]:
    zone = Zone.BODY
    for block in blocks:
        folded = fold(block.text)
        if _RECIPIENTS.match(folded):
            zone = Zone.RECIPIENTS
        elif zone is Zone.RECIPIENTS and (_APPENDIX.match(folded) or "\t" in block.text or _begins_anew(block, folded)):
            zone = Zone.BODY
        yield replace(block, zone=zone)


def _begins_anew(block: Block, folded: str) -> bool:
    """Whether an attached document begins: its title in capitals, or its first point."""
    return block.rank in (1, 2) or (block.text[:8].isupper() and _ATTACHED.match(folded) is not None)


def _under_headings(blocks: Iterator[Block]) -> Iterator[Block]:
    above: list[Block] = []
    for block in blocks:
        if "\t" in block.text:
            yield replace(block, rank=NO_MARKER, above=tuple(above))
            continue
        rank = min(block.rank, LIST_RANK)
        above = [heading for heading in above if heading.rank < rank]
        found = replace(block, above=tuple(above))
        yield found
        if block.rank <= LIST_RANK:
            above.append(found)
