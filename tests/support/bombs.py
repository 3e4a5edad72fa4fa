"""Small files that cost a careless reader minutes or gigabytes."""

import io
import struct
import zipfile
import zlib
from itertools import pairwise

from tests.support import files

_SHEET = "xl/worksheets/sheet1.xml"


def workbook(sheet: str) -> bytes:
    """Return an Excel file whose only sheet contains this markup, inside `<worksheet>`."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return replaced(files.xlsx(("a",)), _SHEET, f"<worksheet {space}>{sheet}</worksheet>".encode())


def replaced(package: bytes, part: str, content: bytes) -> bytes:
    """Return the package with other bytes in one part."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == part else old.read(info))
    return target.getvalue()


def merged(cells: str) -> bytes:
    row = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row></sheetData>'
    return workbook(f'{row}<mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>')


def linked(cells: str) -> bytes:
    return workbook(f'<sheetData/><hyperlinks><hyperlink ref="{cells}" location="A1"/></hyperlinks>')


def many_cells(count: int = 6_000_000) -> bytes:
    return workbook(f"<sheetData><row>{'<c/>' * count}</row></sheetData>")


def many_strings() -> bytes:
    strings = b"<sst>" + b"<si><t>a</t></si>" * 6_000_000 + b"</sst>"
    return replaced(files.xlsx(("a",)), "xl/sharedStrings.xml", strings)


def laughing() -> bytes:
    """Return a workbook with nested entities, each ten times the one before."""
    names = "abcdefghijk"
    entities = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    start = f'<!DOCTYPE x [<!ENTITY a "ha">{entities}]>'
    return replaced(files.xlsx(("a",)), _SHEET, f"{start}<worksheet>&k;</worksheet>".encode())


def unpacking(size: int = 300_000_000) -> bytes:
    """Return a workbook with one part of zeros that unpacks to `size` bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        with zipfile.ZipFile(io.BytesIO(files.xlsx(("a",)))) as old:
            for info in old.infolist():
                package.writestr(info.filename, old.read(info))
        with package.open("xl/media/image1.xml", "w", force_zip64=True) as part:
            for _ in range(size // 10_000_000):
                part.write(bytes(10_000_000))
    return target.getvalue()


def calling_pdf(depth: int = 9) -> bytes:
    """Return a PDF page whose drawing calls a form ten times, which calls the next one ten times, and so on."""
    forms = [
        f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {number + 1} 0 R>>>>/Length 60>>\n"
        f"stream\n{'/F Do ' * 10}\nendstream"
        for number in range(5, 5 + depth)
    ]
    last = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>\nstream\nBT (a) Tj ET\nendstream"
    drawing = "/F Do " * 10
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        f"<</Length {len(drawing)}>>\nstream\n{drawing}\nendstream",
        *forms,
        last,
    )
    return _pdf([part.encode() for part in parts])


def swelling_pdf() -> bytes:
    """Return a PDF page whose drawing is packed twice: a few kilobytes that unpack to gigabytes."""
    drawing = zlib.compress(_packed_zeros(400), 9)
    head = f"<</Filter[/FlateDecode/FlateDecode]/Length {len(drawing)}>>\nstream\n".encode()
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
            head + drawing + b"\nendstream",
        ]
    )


def paged_pdf(*, states: int | None = None) -> bytes:
    """Return a PDF whose tree of pages has a million leaves, each node listing the same child a hundred times.

    `states` is the number of pages that it states, the true one if it is None.
    """
    kids = " ".join
    nodes = [
        f"<</Type/Pages/Count {100 ** (3 - level) if states is None else states}"
        f"/Kids[{kids([f'{level + 3} 0 R'] * 100)}]/MediaBox[0 0 595 842]>>"
        for level in range(3)
    ]
    parts = ("<</Type/Catalog/Pages 2 0 R>>", *nodes, "<</Type/Page/Parent 4 0 R>>")
    return _pdf([part.encode() for part in parts])


def acting_pdf(action: str) -> bytes:
    """Return a PDF with this in its catalog, such as `/OpenAction<</S/JavaScript/JS(app.alert(1))>>`."""
    parts = (
        f"<</Type/Catalog/Pages 2 0 R{action}>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>",
        "<</Type/Page/Parent 2 0 R>>",
        "<</Type/Filespec/F(a.exe)>>",
    )
    return _pdf([part.encode() for part in parts])


def wide_png(side: int) -> bytes:
    """Return a PNG that states a square of this many pixels and holds a few of them."""
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    rows = _packed_zeros(100)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def wide_jpeg(side: int) -> bytes:
    """Return a photo whose frame states a square of this many pixels."""
    photo = files.jpg()
    frame = photo.index(b"\xff\xc0")
    return photo[: frame + 5] + struct.pack(">HH", side, side) + photo[frame + 9 :]


def wide_heic(side: int) -> bytes:
    """Return an iPhone's photo that states a square of this many pixels."""
    photo = files.heic()
    place = photo.index(b"ispe") + 8
    return photo[:place] + struct.pack(">II", side, side) + photo[place + 8 :]


def spread_pdf(side: int) -> bytes:
    """Return a PDF with one picture of a square of this many pixels on its page."""
    packed = _packed_zeros(100)
    drawing = "q 595 0 0 842 0 0 cm /P Do Q"
    head = f"<</Type/XObject/Subtype/Image/Width {side}/Height {side}/BitsPerComponent 8/ColorSpace/DeviceRGB"
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>",
            f"<</Length {len(drawing)}>>\nstream\n{drawing}\nendstream".encode(),
            f"{head}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode() + packed + b"\nendstream",
        ]
    )


def laughing_docx() -> bytes:
    """Return a Word file with nested entities."""
    entities = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghijk"))
    main = f'<!DOCTYPE x [<!ENTITY a "ha">{entities}]><w:document>&k;</w:document>'
    return replaced(files.docx(), "word/document.xml", main.encode())


def _packed_zeros(millions: int) -> bytes:
    """Return so many million zeros packed, of which only one million was: each block stands for itself."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    # Head and last block of a zlib stream, and the Adler-32 of zeros: its first sum stays 1, its second counts them.
    checksum = struct.pack(">HH", millions * 1_000_000 % 65521, 1)
    return b"\x78\xda" + block * millions + b"\x03\x00" + checksum


def _pdf(parts: list[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {size}>>\nstartxref\n{len(body)}\n%%EOF"
    )
    return body + end.encode()


_LEFT: list[bytes] = []


def take(megabytes: int, *, leaves: bool = False) -> int:
    """Take so much memory, which counts though it is never touched, and return how much."""
    taken = bytes(megabytes << 20)
    if leaves:
        _LEFT.append(taken)
    return len(taken) >> 20
