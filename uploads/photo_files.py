"""Photos on disk as pages of one PDF on disk: their compressed data is copied as it is, piece by piece.

Of a photo of a common kind and size only the few bytes that say how large it is and how it was held are read; others
are scaled to be readable first. Both happen in the bounded process.
"""

import mmap
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded
from uploads.photos import COLOURS, PNG_COLOURS, find_frame, readable_photo

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SHORT, _LONG = 595.0, 842.0
"""Sides of A4 (points)."""
_PIECE = 1024 * 1024
_TURNS = {3: 180, 6: 90, 8: 270}
"""{orientation of a photo as its camera notes it: degrees by which it is turned clockwise to stand upright}."""
_HEADERS = 256 * 1024
"""Bytes at the beginning of a JPEG among which its orientation is looked for."""


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """Where a photo's compressed data lies in its file, and what a PDF says about it."""

    width: int
    height: int
    entries: str
    """Entries of the image's dictionary: colours, bits, compression."""
    ranges: tuple[tuple[int, int], ...]
    """(beginning, length) of each piece of the data (bytes)."""
    turn: int
    """Degrees by which it is shown turned clockwise."""


def join_photos(photos: Sequence[Path], output: Path) -> None:
    """Write a PDF with one page for each photo, in their order.

    Raises Refusal if one cannot be opened.
    """
    with TemporaryDirectory(dir=output.parent) as folder:
        common = [_common(photo, Path(folder) / str(number), number) for number, photo in enumerate(photos, start=1)]
        plans = [_plan_bounded(photo, number) for number, photo in enumerate(common, start=1)]
        with output.open("wb") as target:
            _Writer(target).write(common, plans)


def _common(photo: Path, made: Path, number: int) -> Path:
    """Return the photo, or the readable JPEG made of it."""
    try:
        jpeg = run_bounded(readable_photo, photo)
    except ReadingFailed as fault:
        raise _not_joined(number) from fault
    if jpeg is None:
        return photo
    made.write_bytes(jpeg)
    return made


def _not_joined(number: int) -> Refusal:
    return Refusal("photo-not-joined", f"Bot không ghép được ảnh thứ {number}. Anh/chị bỏ ảnh ấy ra hoặc chụp lại.")


def _plan_bounded(photo: Path, number: int) -> PhotoPlan:
    try:
        return run_bounded(plan_photo, photo)
    except ReadingFailed as fault:
        raise _not_joined(number) from fault


def plan_photo(photo: Path) -> PhotoPlan:
    """Read what a PDF says of the photo. Raises LookupError, struct.error or ValueError if it cannot show it."""
    with photo.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content[:2] == _JPEG:
            return _plan_jpeg(content)
        if content[: len(_PNG)] == _PNG:
            return _plan_png(content)
    raise LookupError("neither a JPEG nor a PNG")


def _plan_jpeg(content: mmap.mmap) -> PhotoPlan:
    height, width, colours = find_frame(content)
    _refuse_empty(width, height)
    # JPEGs in CMYK are stored inverted.
    decode = " /Decode [1 0 1 0 1 0 1 0]" if colours == 4 else ""
    entries = f"/ColorSpace {COLOURS[colours]} /BitsPerComponent 8 /Filter /DCTDecode{decode}"
    return PhotoPlan(width, height, entries, ((0, len(content)),), _turn(content[:_HEADERS]))


def _plan_png(content: mmap.mmap) -> PhotoPlan:
    place, ranges, head = len(_PNG), [], b""
    while place + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        if name == b"IHDR":
            head = content[place + 8 : place + 8 + length]
        if name == b"IDAT":
            ranges.append((place + 8, min(length, len(content) - place - 8)))
        place += 12 + length
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if interlaced or kind not in PNG_COLOURS:
        raise LookupError("interlaced, with transparency or with a palette")
    _refuse_empty(width, height)
    colours = PNG_COLOURS[kind]
    facts = f"<< /Predictor 15 /Colors {colours} /BitsPerComponent {bits} /Columns {width} >>"
    entries = f"/ColorSpace {COLOURS[colours]} /BitsPerComponent {bits} /Filter /FlateDecode /DecodeParms {facts}"
    return PhotoPlan(width, height, entries, tuple(ranges), turn=0)


def _refuse_empty(width: int, height: int) -> None:
    if not width or not height:
        raise ValueError("a photo without an area")


def _turn(beginning: bytes) -> int:
    """Return the degrees by which the camera says that the photo is to be turned; 0 if it says nothing readable."""
    place = beginning.find(b"Exif\0\0")
    if place < 0:
        return 0
    notes = beginning[place + 6 :]
    order = {b"II": "<", b"MM": ">"}.get(notes[:2])
    try:
        if order is None:
            return 0
        (table,) = struct.unpack(f"{order}I", notes[4:8])
        (entries,) = struct.unpack(f"{order}H", notes[table : table + 2])
        for number in range(min(entries, 200)):
            start = table + 2 + 12 * number
            tag, _, _, value = struct.unpack(f"{order}HHIH", notes[start : start + 10])
            if tag == 0x0112:
                return _TURNS.get(value, 0)
    except struct.error:
        return 0
    return 0


class _Writer:
    """A PDF written from its beginning to its end: three objects for each page, then the list of them all."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._offsets: list[int] = []

    def write(self, photos: Sequence[Path], plans: Sequence[PhotoPlan]) -> None:
        self._target.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        pages = " ".join(f"{3 * number + 3} 0 R" for number in range(len(plans)))
        self._object("<< /Type /Catalog /Pages 2 0 R >>")
        self._object(f"<< /Type /Pages /Count {len(plans)} /Kids [{pages}] >>")
        for photo, plan in zip(photos, plans, strict=True):
            self._page(plan)
            self._image(photo, plan)
        start = self._target.tell()
        listed = "".join(f"{offset:010} 00000 n \n" for offset in self._offsets)
        size = len(self._offsets) + 1
        self._text(f"xref\n0 {size}\n0000000000 65535 f \n{listed}trailer\n<< /Size {size} /Root 1 0 R >>\n")
        self._text(f"startxref\n{start}\n%%EOF\n")

    def _page(self, plan: PhotoPlan) -> None:
        width, height = (_LONG, _SHORT) if plan.width > plan.height else (_SHORT, _LONG)
        scale = min(width / plan.width, height / plan.height)
        width, height = plan.width * scale, plan.height * scale
        number = len(self._offsets) + 1
        drawing = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Photo Do Q"
        self._object(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Rotate {plan.turn} "
            f"/Contents {number + 1} 0 R /Resources << /XObject << /Photo {number + 2} 0 R >> >> >>"
        )
        self._object(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")

    def _image(self, photo: Path, plan: PhotoPlan) -> None:
        length = sum(size for _, size in plan.ranges)
        self._begin()
        self._text(
            f"<< /Type /XObject /Subtype /Image /Width {plan.width} /Height {plan.height} {plan.entries} "
            f"/Length {length} >>\nstream\n"
        )
        with photo.open("rb") as source:
            for start, size in plan.ranges:
                source.seek(start)
                self._copy(source, size)
        self._text("\nendstream\nendobj\n")

    def _copy(self, source: BinaryIO, size: int) -> None:
        while size and (piece := source.read(min(size, _PIECE))):
            self._target.write(piece)
            size -= len(piece)

    def _object(self, body: str) -> None:
        self._begin()
        self._text(f"{body}\nendobj\n")

    def _begin(self) -> None:
        self._offsets.append(self._target.tell())
        self._text(f"{len(self._offsets)} 0 obj\n")

    def _text(self, text: str) -> None:
        self._target.write(text.encode("ascii"))
