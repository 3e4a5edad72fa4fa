"""Small files that cost a careless reader minutes or gigabytes."""

import io
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
    packer = zlib.compressobj(6)
    once = b"".join([*(packer.compress(bytes(10_000_000)) for _ in range(40)), packer.flush()])
    drawing = zlib.compress(once, 9)
    head = f"<</Filter[/FlateDecode/FlateDecode]/Length {len(drawing)}>>\nstream\n".encode()
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
            head + drawing + b"\nendstream",
        ]
    )


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
