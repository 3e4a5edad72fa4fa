"""Which typed texts are more than one figure, and what the words beside a figure are called."""

import re
from decimal import Decimal

from domain.figures.readings import AskedFigure, FiguresReading, Why
from domain.typed_input.words import clean, clean_line, plain

LONGEST_NAME = 60
ALMOST_CUT = 4000
"""Length from which a message may be the first part of a text that the messenger has cut at its limit of 4,096."""
_LINE_END = re.compile(r"\n|(?<=;)")
_LINE_MARKS = re.compile(r"[\t|;\n]")
_NAMED = re.compile(r"[^\W\d_]{2,}.*\d", re.DOTALL)
_AMOUNT = re.compile(r"[-+]?\d[\d.,]*\s*[^\W\d_]+\s*\d[\d.,]*\s*(?:[^\W\d_]+\s*)*")
"""«1tr2», «12 tỷ 500 triệu»: names of units, not of indicators."""
_FIGURE_LAST = re.compile(
    r"^(?:\d{1,2}[.)/]\s+|[-–•+*]\s*)?(?P<name>.*?[^\W\d_])[\s:=–-]*"
    r"(?P<figure>[-+]?\d[\d.,]*)\s*(?P<unit>%|[^\W\d_]+(?:/[^\W\d_]+)*(?:\s[^\W\d_]+)?)?\s*[.;]?$"
)
_ASKS = re.compile(r"\?|\b(?:bao nhieu|khi nao|bao gio|the nao|ra sao)\b|\bchua$|^ai\b")
_TOO_COMMON = frozenset(
    {"so", "ty", "le", "tong", "tang", "giam", "dat", "con", "duoc", "la", "co", "them", "moi", "ket", "qua", "uoc"}
    | {"thuc", "hien", "nam", "thang", "quy", "ky", "toan", "phuong", "xa"}
)


def may_be_pasted(text: str) -> bool:
    """Whether a text may be more than the answer to one question: several parts, or a name beside a figure.

    Nothing is read for it; «12,5 tỷ», «1tr2» and «không có» are one answer.
    """
    said = clean(text)
    if not any(letter.isdigit() for letter in said) or _AMOUNT.fullmatch(said):
        return False
    return bool(_LINE_MARKS.search("\n".join(text.strip().splitlines()))) or bool(_NAMED.search(said))


def is_cut(text: str) -> bool:
    """Whether the messenger may have cut a longer text after this part of it."""
    return len(text.encode("utf-16-le")) // 2 >= ALMOST_CUT


def certain_part(text: str, *, continues: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return what can be read of a text that may have been cut, and the lines beside a cut, which may be half ones.

    Half a line may hold half a figure, so neither half is read: nobody knows whether the cut was at a line's end.
    `continues` says that the text follows one that was cut.
    """
    if not continues and not is_cut(text):
        return text, ()
    lines = [line for line in _LINE_END.split(text) if line.strip()]
    first, last = lines[: int(continues)], lines[int(continues) :][-1:] if is_cut(text) else []
    return "\n".join(lines[len(first) : len(lines) - len(last)]), (*first, *last)


def asks_something(text: str) -> bool:
    """Whether one line asks a question rather than says figures: «bhyt phường 5 bao nhiêu»."""
    return "\n" not in text.strip() and bool(_ASKS.search(plain(clean_line(text))))


def names_several(reading: FiguresReading) -> bool:
    """Whether figures of at least two indicators were recognised."""
    topics = {one.indicator for one in reading.read} | {_topic(one) for one in reading.ask}
    return len(topics - {""}) > 1


def only_figure(reading: FiguresReading, indicator: str) -> Decimal | None:
    """Return the figure if the whole text is one figure of this indicator, on the trend or off it, else None."""
    odd = [one for one in reading.ask if one.why is Why.OFF_TREND and len(one.readings) == 1]
    values = [one.value for one in reading.read if one.indicator == indicator]
    values += [one.readings[0] for one in odd if one.indicator == indicator]
    is_alone = recognised(reading) == 1 and not reading.unread
    return values[0] if is_alone and values else None


def recognised(reading: FiguresReading) -> int:
    """Return the number of figures that were recognised, those to ask back included."""
    return len(reading.read) + len(reading.ask)


def _topic(asked: AskedFigure) -> str:
    return asked.indicator or " ".join(asked.candidates)


def name_beside(quote: str) -> str:
    """Return the name that stands before the only figure of a quote, to be remembered; empty if it is not clear.

    «NSNN: 12,5 tỷ» gives «nsnn», and so does the row «3 | NSNN | tỷ đồng | 15 | 12,5»; «giảm 12 hộ nghèo» gives
    nothing, because «giảm» alone may mean anything.
    """
    line = clean_line(quote)
    named = (cell for cell in line.split("|") if re.search(r"[^\W\d_]{2}", cell))
    found = _FIGURE_LAST.match(line)
    name = plain(next(named, "") if "|" in line else found["name"] if found else "").strip(" :=-–(")
    words = re.findall(r"[^\W\d_]+", name)
    is_clear = bool(words) and not set(words) <= _TOO_COMMON and sum(map(len, words)) > 1
    return name if is_clear and len(name) <= LONGEST_NAME and not re.search(r"\d[\d.,]*\s", name) else ""
