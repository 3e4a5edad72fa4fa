"""Numbers and bullets that Word makes by itself: they stand in no paragraph's text, yet they part a plan's points."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_LEVELS = 9


class WordNumbers:
    """Counts the numbered paragraphs of a document; it must be asked for each once, in their order."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels_of(document)
        self._counts: dict[str, list[int]] = {}

    def mark_of(self, paragraph: Paragraph) -> str:
        """Return the paragraph's number with a space: «2. », «a) », «- »; empty if Word shows none."""
        place = _place_of(paragraph)
        if place is None:
            return ""
        list_id, level = place
        levels = self._levels.get(list_id, {})
        if level not in levels:
            return ""
        kind, words, start = levels[level]
        if kind in ("bullet", "none"):
            return "- " if kind == "bullet" else ""
        counts = self._counts.setdefault(list_id, [0] * _MOST_LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_MOST_LEVELS - level - 1)
        for number in range(level + 1):
            shown = _shown(counts[number] or 1, levels.get(number, ("decimal", "", 1))[0])
            words = words.replace(f"%{number + 1}", shown)
        return f"{words} "


def _levels_of(document: Document) -> dict[str, dict[int, tuple[str, str, int]]]:
    """Return {list: {level: (kind of number, its words such as «%1.», first number)}}."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        str(one.get(qn("w:abstractNumId"))): dict(_levels(one)) for one in root.iterchildren(qn("w:abstractNum"))
    }
    found: dict[str, dict[int, tuple[str, str, int]]] = {}
    for one in root.iterchildren(qn("w:num")):
        link = one.find(qn("w:abstractNumId"))
        if link is not None:
            found[str(one.get(qn("w:numId")))] = abstract.get(str(link.get(qn("w:val"))), {})
    return found


def _levels(abstract: Any) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for level in abstract.iterchildren(qn("w:lvl")):
        kind, words, start = (level.find(qn(name)) for name in ("w:numFmt", "w:lvlText", "w:start"))
        yield (
            int(level.get(qn("w:ilvl")) or 0),
            (
                str(kind.get(qn("w:val"))) if kind is not None else "decimal",
                str(words.get(qn("w:val")) or "") if words is not None else "",
                int(start.get(qn("w:val")) or 1) if start is not None else 1,
            ),
        )


def _place_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """Return the list and the level of a numbered paragraph, also one numbered by its style."""
    style = paragraph.style
    for element in (paragraph._p, style.element if style is not None else None):
        properties = element.find(qn("w:pPr")) if element is not None else None
        numbering = properties.find(qn("w:numPr")) if properties is not None else None
        if numbering is not None:
            number, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
            if number is None or number.get(qn("w:val")) == "0":
                return None
            depth = int(level.get(qn("w:val")) or 0) if level is not None else 0
            return str(number.get(qn("w:val"))), min(depth, _MOST_LEVELS - 1)
    return None


def _shown(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        words = _roman(number)
        return words.upper() if kind == "upperRoman" else words
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return str(number)


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words
