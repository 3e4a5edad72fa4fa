"""Photos as pages of one PDF: embedded as they are if their kind and size are common, else scaled to be readable."""

import io
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from domain.errors import Refusal, Way
from uploads.contents import Content, size_of
from uploads.photos import COLOURS, PNG_COLOURS, find_frame
from uploads.pictures import as_jpeg, is_plain_picture, size_of_picture, turn_of_picture

_PDF, _JPEG, _PNG = b"%PDF-", b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SHORT, _LONG = 595.0, 842.0
"""Sides of A4 (points)."""
_LARGEST, _WIDEST = 1_000_000, 2_600
"""Size (bytes) and long side (pixels) up to which a photo stays as it is."""
_SIDE = 2_339
"""Long side of a photo that is scaled (pixels): an A4 page at 200 dots an inch."""
_LARGEST_OF_MANY, _SIDE_OF_MANY = 350_000, 1_654
"""The same in a long paper: 140 dots an inch."""
_LONG_PAPER = 8 * 1024 * 1024
_NO_PAGE = "Bot không ghép được ảnh này với ảnh trước."


@dataclass(frozen=True, slots=True)
class _Picture:
    """A photo's compressed data and the facts that a PDF needs to show it."""

    data: bytes
    width: int
    height: int
    colours: str
    """PDF name of the colour space: `/DeviceRGB`."""
    bits: int
    """Bits per colour."""
    compression: str
    """PDF name of the filter that decompresses the data: `/DCTDecode`."""


def insert_photo(before: bytes, photo: bytes, *, place: int) -> bytes:
    """Return `before` (a PDF or a single photo) as a PDF with the photo inserted as page `place`, counted from 0.

    Raises Refusal if a photo cannot be opened.
    """
    writer, output = PdfWriter(), io.BytesIO()
    if before.startswith(_PDF):
        writer.append(PdfReader(io.BytesIO(before)))
    else:
        _insert(writer, before, 0)
    _insert(writer, photo, place)
    writer.write(output)
    return output.getvalue()


def photo_as_pdf(photo: bytes) -> bytes:
    """Return a PDF whose only page is the photo. Raises Refusal if it cannot be opened."""
    writer, output = PdfWriter(), io.BytesIO()
    _insert(writer, photo, 0)
    writer.write(output)
    return output.getvalue()


def readable_photo(photo: Content, *, beside: int = 0) -> bytes | None:
    """Return a JPEG of a readable size made of the photo, or None if it can be a page as it is.

    `beside` is the size of the paper that it joins (bytes): photos of a long paper are made smaller, so that sixty of
    them stay below the size that is accepted. Raises Refusal if it cannot be opened.
    """
    largest, side = (_LARGEST, _SIDE) if beside < _LONG_PAPER else (_LARGEST_OF_MANY, _SIDE_OF_MANY)
    is_small = size_of(photo) <= largest and max(size_of_picture(photo)) <= _WIDEST
    if is_small and turn_of_picture(photo) is not None and is_plain_picture(photo):
        return None
    return as_jpeg(photo, side=side)


def _insert(writer: PdfWriter, photo: bytes, place: int) -> None:
    image, turn = _image(photo)
    wide, high = cast(int, image["/Width"]), cast(int, image["/Height"])
    across, down = (_LONG, _SHORT) if wide > high else (_SHORT, _LONG)
    scale = min(across / wide, down / high)
    across, down = wide * scale, high * scale
    writer.insert_blank_page(across, down, place)
    page = writer.pages[place]
    drawing = StreamObject()
    drawing.set_data(f"q {across:.2f} 0 0 {down:.2f} 0 0 cm /Photo Do Q".encode())
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Photo"): writer._add_object(image)})}
    )
    page[NameObject("/Contents")] = writer._add_object(drawing)
    if turn:
        page.rotate(turn)


def _image(photo: bytes) -> tuple[StreamObject, int]:
    """Return the PDF image and the degrees by which it is shown turned clockwise."""
    try:
        turn = turn_of_picture(photo)
        is_small = len(photo) <= _LARGEST and max(size_of_picture(photo)) <= _WIDEST
        if turn is not None and is_small:
            with suppress(LookupError, struct.error):
                return (_jpeg(photo) if photo.startswith(_JPEG) else _png(photo)), turn
        return _jpeg(as_jpeg(photo, side=_SIDE)), 0
    except (Refusal, OSError, LookupError, struct.error, ZeroDivisionError, SyntaxError) as fault:
        raise Refusal("photo-not-joined", _NO_PAGE, way=Way.FINISH_REQUIREMENT) from fault


def _jpeg(photo: bytes) -> StreamObject:
    high, wide, colours = find_frame(photo)
    image = _stream(_Picture(photo, wide, high, COLOURS[colours], bits=8, compression="/DCTDecode"))
    if colours == 4:
        # JPEGs in CMYK are stored inverted.
        image[NameObject("/Decode")] = ArrayObject([NumberObject(value) for value in (1, 0) * 4])
    return image


def _png(photo: bytes) -> StreamObject:
    """Return the image of a PNG; only one without transparency and interlacing can be embedded without decompression.

    Raises LookupError for others.
    """
    if not photo.startswith(_PNG):
        raise LookupError("no PNG")
    place, rows, head = len(_PNG), b"", b""
    while place + 8 <= len(photo):
        length, name = struct.unpack(">I4s", photo[place : place + 8])
        body = photo[place + 8 : place + 8 + length]
        head = body if name == b"IHDR" else head
        rows += body if name == b"IDAT" else b""
        place += 12 + length
    wide, high, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if interlaced:
        raise LookupError("interlaced")
    colours = PNG_COLOURS[kind]
    image = _stream(_Picture(rows, wide, high, COLOURS[colours], bits=bits, compression="/FlateDecode"))
    facts = {"/Predictor": 15, "/Colors": colours, "/BitsPerComponent": bits, "/Columns": wide}
    image[NameObject("/DecodeParms")] = DictionaryObject(
        {NameObject(name): NumberObject(value) for name, value in facts.items()}
    )
    return image


def _stream(picture: _Picture) -> StreamObject:
    image = StreamObject()
    image._data = picture.data
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(picture.width),
            NameObject("/Height"): NumberObject(picture.height),
            NameObject("/ColorSpace"): NameObject(picture.colours),
            NameObject("/BitsPerComponent"): NumberObject(picture.bits),
            NameObject("/Filter"): NameObject(picture.compression),
        }
    )
    return image
