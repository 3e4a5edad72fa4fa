"""A picture drawn from top to bottom as SVG, and turned into PNG.

Colours are those of Okabe and Ito, which people with any colour vision tell apart; every value is written as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from pathlib import Path

from domain.typed_input.inert import inert
from domain.typed_input.listing import shortened

WIDTH = 1080
MARGIN = 48
FULL = WIDTH - 2 * MARGIN
"""Length of a bar of 100 % (pixels)."""
_BAR = 38
_FONTS = [str(Path(__file__).parent / "fonts" / f"NotoSans-{weight}.ttf") for weight in ("Regular", "Bold")]


class Colour(StrEnum):
    BLUE = "#0072B2"
    SKY = "#56B4E9"
    ORANGE = "#E69F00"
    VERMILION = "#D55E00"
    PURPLE = "#CC79A7"
    GREY = "#D9DDE1"
    INK = "#1B1F24"
    QUIET = "#57606A"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar; `share` is between 0 and 1."""

    share: float
    colour: Colour


@dataclass(slots=True)
class Drawing:
    """Lines and bars below each other; the picture grows with them."""

    _parts: list[str] = field(default_factory=list)
    _y: int = MARGIN

    def heading(self, title: str, *, below: str) -> None:
        self._y += 44
        self._text(title, size=42, weight="bold", letters=46)
        self._y += 48
        self._text(below, size=30, colour=Colour.QUIET, letters=66)
        self._y += 20

    def legend(self, entries: Sequence[tuple[str, Colour]]) -> None:
        """Draw the meaning of each colour, two to a line."""
        for number, (name, colour) in enumerate(entries):
            left = MARGIN + (number % 2) * FULL // 2
            self._y += 0 if number % 2 else 44
            self._parts.append(f'<rect x="{left}" y="{self._y - 24}" width="28" height="28" rx="4" fill="{colour}"/>')
            self._text(name, size=28, left=left + 42, colour=Colour.QUIET, letters=32)
        self._y += 16

    def bar(self, label: str, value: str, segments: Sequence[Segment], *, mark: float | None = None) -> None:
        """Draw a label with its value at the right, and below them a bar; `mark` is a line across it (0 to 1)."""
        self._y += 56
        self._text(label, size=31, letters=max(12, 54 - len(value)))
        self._text(value, size=31, weight="bold", left=WIDTH - MARGIN, anchor="end", letters=40)
        self._y += 14
        self._parts.append(_rectangle(MARGIN, self._y, FULL, Colour.GREY))
        left = float(MARGIN)
        for segment in segments:
            width = FULL * min(max(segment.share, 0.0), 1.0)
            self._parts.append(_rectangle(left, self._y, min(width, MARGIN + FULL - left), segment.colour))
            left += width
        if mark is not None:
            at = MARGIN + FULL * mark
            self._parts.append(
                f'<line x1="{at:.1f}" y1="{self._y - 7}" x2="{at:.1f}" y2="{self._y + _BAR + 7}" '
                f'stroke="{Colour.INK}" stroke-width="5"/>'
            )
        self._y += _BAR

    def dot(self, label: str, value: str, colour: Colour, *, is_last: bool) -> None:
        """Draw one point of a timeline: a dot on a line, with its label and value beside it."""
        self._y += 62
        end = "" if is_last else f'<line x1="{MARGIN + 18}" y1="{self._y}" x2="{MARGIN + 18}" y2="{self._y + 106}" '
        self._parts.append(end and f'{end}stroke="{Colour.GREY}" stroke-width="8"/>')
        self._parts.append(f'<circle cx="{MARGIN + 18}" cy="{self._y}" r="18" fill="{colour}"/>')
        self._text(label, size=31, weight="bold", left=MARGIN + 62, lower=11, letters=50)
        self._y += 44
        self._text(value, size=29, left=MARGIN + 62, lower=11, colour=Colour.QUIET, letters=60)

    def note(self, text: str) -> None:
        self._y += 54
        self._text(text, size=28, colour=Colour.QUIET, letters=68)

    def _text(  # noqa: PLR0913 (the ways in which a text is set)
        self,
        text: str,
        *,
        size: int,
        letters: int,
        weight: str = "normal",
        left: int = MARGIN,
        lower: int = 0,
        anchor: str = "start",
        colour: Colour = Colour.INK,
    ) -> None:
        written = escape(shortened(inert(text), letters))
        self._parts.append(
            f'<text x="{left}" y="{self._y + lower}" font-size="{size}" font-weight="{weight}" '
            f'text-anchor="{anchor}" fill="{colour}">{written}</text>'
        )

    def svg(self) -> str:
        height = self._y + MARGIN
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="Noto Sans">'
            f'<rect width="{WIDTH}" height="{height}" fill="white"/>{"".join(self._parts)}</svg>'
        )

    def png(self) -> bytes:
        """Return the picture, with the fonts that are shipped and no others."""
        import resvg_py

        return bytes(resvg_py.svg_to_bytes(svg_string=self.svg(), font_files=_FONTS, skip_system_fonts=True))


def _rectangle(left: float, top: int, width: float, colour: Colour) -> str:
    return f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" rx="3" fill="{colour}"/>'
