"""Looking at the pages of a PDF: which are blank, blurred or coarse, and what is written on them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from domain.dossiers.secrecy import refuse_marked_page
from uploads.contents import Content
from uploads.sharpness import LOOKED_AT, as_looked_at, is_blank, is_blurred

MOST_SECONDS, MOST_SECONDS_WITH_TEXT = 1.5, 2.5
"""Processor time until which pages are drawn, and until which their text is read (seconds)."""
COARSEST = 900
"""Fewest pixels of the long side of a page on which small print can be read."""
_MOST_PIXELS = 60_000_000
"""Most pixels of a picture on a page that is drawn; decoding a larger one takes too much memory."""
_TEXT_PAGES = 3
_MOST_TEXT = 8_000
"""Characters of the text that is returned."""
_MOST_OBJECTS = 400
_WHOLE_PAGE = 0.5
"""Share of the page that a scan of it covers at least."""
_FEWEST_LETTERS = 3


@dataclass(slots=True)
class SeenPages:
    """Numbers of pages, counted from 1, and the text of the first ones."""

    blank: list[int] = field(default_factory=list)
    blurred: list[int] = field(default_factory=list)
    coarse: list[int] = field(default_factory=list)
    text: str = ""


def look_at_pages(content: Content) -> SeenPages:
    """Look at the pages in order until the time is over.

    Raises SecretMark if the upper half of a page bears a mark of secrecy: a paper in the middle of a bundle has its
    stamp at the top of its first page (NĐ 30/2020, Phụ lục I).
    """
    began = time.process_time()
    seen = SeenPages()
    with pypdfium2.PdfDocument(content) as document:
        for number in range(1, len(document) + 1):
            spent = time.process_time() - began
            if spent > MOST_SECONDS_WITH_TEXT:
                break
            page = document[number - 1]
            words = _read(page, number)
            if number <= _TEXT_PAGES:
                seen.text = f"{seen.text}\n{words}"[:_MOST_TEXT]
            if spent < MOST_SECONDS:
                _look(page, number, words, seen)
            page.close()
    return seen


def _read(page: pypdfium2.PdfPage, number: int) -> str:
    """Return the text of the page. Raises SecretMark if it bears a mark; the first page has been read more closely."""
    text = page.get_textpage()
    words: str = text.get_text_range() if text.count_chars() else ""
    if number > 1 and words:
        _, bottom, _, top = page.get_bbox()
        # On a turned page the upper half lies elsewhere, so all of it is read.
        refuse_marked_page(words if page.get_rotation() else text.get_text_bounded(bottom=(bottom + top) / 2))
    text.close()
    return words


def _look(page: pypdfium2.PdfPage, number: int, words: str, seen: SeenPages) -> None:
    width, height = page.get_size()
    scans = list(_scans(page, width * height))
    if sum(map(str.isalnum, words)) >= _FEWEST_LETTERS and not scans:
        return
    if any(wide * high > _MOST_PIXELS for wide, high in scans):
        return
    grey = _drawn(page, max(width, height))
    if is_blank(grey):
        seen.blank.append(number)
    elif scans and is_blurred(grey):
        seen.blurred.append(number)
    elif scans and max(map(max, scans)) < COARSEST:
        seen.coarse.append(number)


def _scans(page: pypdfium2.PdfPage, area: float) -> Iterator[tuple[int, int]]:
    """Yield the size in pixels of each picture that covers most of the page."""
    for count, found in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        if count == _MOST_OBJECTS:
            return
        left, bottom, right, top = found.get_bounds()
        if (right - left) * (top - bottom) >= _WHOLE_PAGE * area:
            yield found.get_px_size()


def _drawn(page: pypdfium2.PdfPage, side: float) -> Image.Image:
    bitmap = page.render(scale=LOOKED_AT / max(side, 1.0), grayscale=True)
    grey = as_looked_at(bitmap.to_pil())
    bitmap.close()
    return grey
