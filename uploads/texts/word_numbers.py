"""Numbers and bullets that Word makes by itself: they stand in no paragraph's text, yet they part a plan's points."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document

from uploads.texts.word_markup import name_of, value_of

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_LEVELS = 9
_LARGEST = 999


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str = "decimal"
    words: str = ""
    """The number's form: «%1.»"""
    start: int = 1


class WordNumbers:
    """Counts the numbered paragraphs of a document; it must be asked for each once, in their order."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels_of(document)
        self._of_styles = {
            str(style.style_id): place for style in document.styles if (place := _place_in(style.element)) is not None
        }
        self._counts: dict[str, list[int]] = {}

    def mark_of(self, paragraph: Any) -> str:
        """Return the number of a paragraph's element with a space: «2. », «a) », «- »; empty if Word shows none."""
        place = self._place_of(paragraph)
        level = self._levels.get(place[0], {}).get(place[1]) if place else None
        if place is None or level is None or level.kind == "none":
            return ""
        return "- " if level.kind == "bullet" else f"{self._next(*place, level)} "

    def _next(self, list_id: str, depth: int, level: _Level) -> str:
        counts = self._counts.setdefault(list_id, [0] * _MOST_LEVELS)
        counts[depth] = min(counts[depth] + 1 if counts[depth] else level.start, _LARGEST)
        counts[depth + 1 :] = [0] * (_MOST_LEVELS - depth - 1)
        words = level.words
        for number in range(depth + 1):
            kind = self._levels[list_id].get(number, _Level()).kind
            words = words.replace(f"%{number + 1}", _shown(counts[number] or 1, kind))
        return words

    def _place_of(self, paragraph: Any) -> tuple[str, int] | None:
        own = _place_in(paragraph)
        if own is not None:
            return None if own[0] == "0" else own
        looks = _child(paragraph, "pPr")
        style = _child(looks, "pStyle") if looks is not None else None
        return self._of_styles.get(value_of(style)) if style is not None else None


def _levels_of(document: Document) -> dict[str, dict[int, _Level]]:
    """Return {list: {depth: level}}."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        _attribute(one, "abstractNumId"): dict(_read_levels(one)) for one in root if name_of(one) == "abstractNum"
    }
    found: dict[str, dict[int, _Level]] = {}
    for one in root:
        link = _child(one, "abstractNumId") if name_of(one) == "num" else None
        if link is not None:
            found[_attribute(one, "numId")] = abstract.get(value_of(link), {})
    return found


def _read_levels(abstract: Any) -> Iterator[tuple[int, _Level]]:
    for level in abstract:
        if name_of(level) == "lvl":
            kind, words, start = (_child(level, name) for name in ("numFmt", "lvlText", "start"))
            yield (
                _whole(_attribute(level, "ilvl"), 0),
                _Level(
                    value_of(kind) if kind is not None else "decimal",
                    value_of(words) if words is not None else "",
                    _whole(value_of(start), 1) if start is not None else 1,
                ),
            )


def _place_in(element: Any) -> tuple[str, int] | None:
    """Return the list and the depth that a paragraph or a style names itself; list «0» takes the numbers away."""
    looks = _child(element, "pPr")
    numbering = _child(looks, "numPr") if looks is not None else None
    number = _child(numbering, "numId") if numbering is not None else None
    if number is None:
        return None
    depth = _child(numbering, "ilvl")
    return value_of(number), min(_whole(value_of(depth), 0) if depth is not None else 0, _MOST_LEVELS - 1)


def _child(element: Any, name: str) -> Any:
    return next((one for one in element if name_of(one) == name), None)


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _whole(written: str, otherwise: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else otherwise


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
