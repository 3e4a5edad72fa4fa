"""Small real files of every kind, and some that only pretend."""

import io
import struct
import zipfile
import zlib
from functools import cache

from openpyxl import Workbook
from pypdf import PdfWriter


@cache
def pdf(pages: int = 2, *, password: str | None = None) -> bytes:
    """Of blank pages; each number of pages is another file."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    parcel = io.BytesIO()
    writer.write(parcel)
    return parcel.getvalue()


def docx() -> bytes:
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>", "word/document.xml": body})


def xlsx() -> bytes:
    parcel = io.BytesIO()
    Workbook().save(parcel)
    return parcel.getvalue()


def archive(parts: dict[str, str]) -> bytes:
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as parts_in:
        for name, text in parts.items():
            parts_in.writestr(name, text)
    return parcel.getvalue()


def old_office(*streams: str) -> bytes:
    """The shell that old Word and Excel share, with the names of its streams."""
    names = b"".join((name + "\0").encode("utf-16-le") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + names + bytes(512)


def png(shade: int = 255) -> bytes:
    """A picture of one grey dot."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes([0, shade]))), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpg() -> bytes:
    """The frame of a picture as a phone writes it, eight dots wide and high."""
    start, frame = (
        bytes.fromhex("ffd8ffe000104a46494600010100000100010000"),
        bytes.fromhex("ffc0000b080008000801011100"),
    )
    return start + frame + bytes.fromhex("ffd9")


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(64)


def webp() -> bytes:
    return b"RIFF" + struct.pack("<I", 26) + b"WEBPVP8L" + bytes(18)


def program() -> bytes:
    """As Windows runs it."""
    return b"MZ\x90\x00" + bytes(56) + struct.pack("<I", 64) + b"PE\0\0" + bytes(256)
