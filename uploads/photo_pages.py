"""Photos as pages of one PDF, embedded as they are: nothing is decompressed or lost."""

import io
import mmap
import struct
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from domain.errors import Refusal, Way

_PDF, _JPEG, _PNG = b"%PDF-", b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SHORT, _LONG = 595.0, 842.0
"""Sides of A4 (points)."""
COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
PNG_COLOURS = {0: 1, 2: 3}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
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


Image = tuple[StreamObject, int, int]
"""A PDF image with its width and height in pixels."""


def insert_photo(before: bytes, photo: bytes, *, place: int) -> bytes:
    """Return `before` (a PDF or a single photo) as a PDF with the photo inserted as page `place`, counted from 0.

    Raises Refusal if a photo is neither a JPEG nor a PNG that can be embedded.
    """
    writer, output = PdfWriter(), io.BytesIO()
    if before.startswith(_PDF):
        writer.append(PdfReader(io.BytesIO(before)))
    else:
        _insert(writer, before, 0)
    _insert(writer, photo, place)
    writer.write(output)
    return output.getvalue()


def _insert(writer: PdfWriter, photo: bytes, place: int) -> None:
    image, wide, high = _image(photo)
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


def _image(photo: bytes) -> Image:
    try:
        return _jpeg(photo) if photo.startswith(_JPEG) else _png(photo)
    except (LookupError, struct.error, ZeroDivisionError) as fault:
        raise Refusal("photo-not-joined", _NO_PAGE, way=Way.FINISH_REQUIREMENT) from fault


def _jpeg(photo: bytes) -> Image:
    high, wide, colours = find_frame(photo)
    image = _stream(_Picture(photo, wide, high, COLOURS[colours], bits=8, compression="/DCTDecode"))
    if colours == 4:
        # JPEGs in CMYK are stored inverted.
        image[NameObject("/Decode")] = ArrayObject([NumberObject(value) for value in (1, 0) * 4])
    return image, wide, high


def find_frame(photo: bytes | mmap.mmap) -> tuple[int, int, int]:
    """Return height, width and number of colours from the first frame of a JPEG. Raises LookupError without one."""
    place = 2
    while True:
        while photo[place] == 0xFF and photo[place + 1] in (0xFF, 0x01, *range(0xD0, 0xD9)):
            place += 1 if photo[place + 1] == 0xFF else 2
        marker, length = photo[place + 1], int.from_bytes(photo[place + 2 : place + 4], "big")
        if photo[place] != 0xFF or length < 2:
            raise LookupError("no frame")
        if marker in _FRAMES:
            high, wide, colours = struct.unpack(">HHB", photo[place + 5 : place + 10])
            return high, wide, colours
        place += 2 + length


def _png(photo: bytes) -> Image:
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
    return image, wide, high


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
