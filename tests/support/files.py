"""Small real files of every kind, and some that only pretend."""

import io
import struct
import zipfile
from collections.abc import Iterator
from functools import cache

from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from tests.support.papers import pictures


@cache
def pdf(pages: int = 2, *, password: str | None = None) -> bytes:
    """Return a PDF of pages with a few words; each number of pages gives different bytes."""
    return locked_pdf(_numbered(pages), password) if password is not None else _numbered(pages)


def _numbered(pages: int) -> bytes:
    writer, queued, words = PdfWriter(), io.BytesIO(), StreamObject()
    words.set_data(b"BT /F1 13 Tf 80 700 Td (To trinh) Tj ET")
    drawn = writer._add_object(words)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    for _ in range(pages):
        page = writer.add_blank_page(width=595, height=842)
        page[NameObject("/Contents")] = drawn
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.write(queued)
    return queued.getvalue()


def blank_pdf(pages: int = 1) -> bytes:
    writer, queued = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(queued)
    return queued.getvalue()


def large_pdf(size: int) -> bytes:
    """Return a PDF of one page with a stream of `size` zeros beside it."""
    writer, queued, stream = PdfWriter(clone_from=io.BytesIO(pdf(1))), io.BytesIO(), StreamObject()
    stream.set_data(bytes(size))
    writer._add_object(stream)
    writer.write(queued)
    return queued.getvalue()


def pieces_of_large_pdf(size: int) -> Iterator[bytes]:
    """Yield a PDF of one page with a stream of `size` zeros beside it, which is never whole in memory."""
    parts = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</Type/Page/Parent 2 0 R>>")
    body, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate((*parts, f"<</Length {size}>>\nstream"), start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{part}\n".encode() + (b"endobj\n" if number < 4 else b"")
    yield body
    zeros = bytes(1024 * 1024)
    for start in range(0, size, len(zeros)):
        yield zeros[: size - start]
    end = b"\nendstream\nendobj\n"
    listed = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    table = f"xref\n0 5\n0000000000 65535 f \n{listed}trailer\n<</Root 1 0 R/Size 5>>\n"
    yield end + f"{table}startxref\n{len(body) + size + len(end)}\n%%EOF\n".encode()


def locked_pdf(content: bytes, password: str = "", *, owner: str | None = None, algorithm: str = "RC4-128") -> bytes:
    """Return the PDF with a password; an empty one with an owner's password only forbids changes."""
    writer, queued = PdfWriter(clone_from=io.BytesIO(content)), io.BytesIO()
    writer.encrypt(password, owner, algorithm=algorithm)
    writer.write(queued)
    return queued.getvalue()


def written_pdf(*words: tuple[int, int, str]) -> bytes:
    """Return a PDF page with these words at (x, y), in a font of its own that knows every letter."""
    contents = sorted({content for _, _, text in words for content in text})
    codes = {content: f"{number:02x}" for number, content in enumerate(contents, start=1)}
    drawn = "".join(f"BT /F1 13 Tf {x} {y} Td <{''.join(codes[it] for it in text)}> Tj ET\n" for x, y, text in words)
    known = "".join(f"<{code}> <{content.encode('utf-16-be').hex()}>\n" for content, code in codes.items())
    cmap = (
        f"begincmap\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{len(codes)} beginbfchar\n{known}endbfchar\n"
    )
    widths = " ".join(["600"] * len(codes))
    font = (
        f"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 1/LastChar {len(codes)}/Widths[{widths}]/ToUnicode 6 0 R>>"
    )
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
        font,
        f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream",
    )
    body = "".join(f"{number} 0 obj\n{part}\nendobj\n" for number, part in enumerate(parts, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size 7>>\nstartxref\n0\n%%EOF".encode()


def docx(body: str = "", **others: str) -> bytes:
    """Return a Word file; `body` is the markup inside, other parts are given by name: header1="…"."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    main = {"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"}
    more = {f"word/{name}.xml": f"<w:hdr {space}>{text}</w:hdr>" for name, text in others.items()}
    return archive({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>", **main, **more})


def renamed_docx(body: str = "", *, main: str = "word/document2.xml", **others: str) -> bytes:
    """Return a Word file whose main part and headers are known only by relationships and content types."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    folder, name = main.rsplit("/", maxsplit=1)
    beside = "".join(f'<Relationship Id="{key}" Type="{office}/header" Target="{key}.xml"/>' for key in others)
    parts = {
        "[Content_Types].xml": f'<Types><Override PartName="/{main}" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships><Relationship Type="{office}/officeDocument" Target="{main}"/></Relationships>',
        main: f"<w:document {space}><w:body>{body}</w:body></w:document>",
        f"{folder}/_rels/{name}.rels": f"<Relationships>{beside}</Relationships>",
    }
    return archive(parts | {f"{folder}/{key}.xml": f"<w:hdr {space}>{text}</w:hdr>" for key, text in others.items()})


def paragraph(*runs: str) -> str:
    """Return a Word paragraph; a run is a piece of text written in one go."""
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs) + "</w:p>"


def xlsx(*rows: tuple[str, ...]) -> bytes:
    book, queued = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(queued)
    return queued.getvalue()


def archive(parts: dict[str, str]) -> bytes:
    queued = io.BytesIO()
    with zipfile.ZipFile(queued, "w", zipfile.ZIP_DEFLATED) as parts_in:
        for name, text in parts.items():
            parts_in.writestr(name, text)
    return queued.getvalue()


def old_office(*streams: str, body: bytes = b"") -> bytes:
    """Return the container that old Word and Excel files share, with the names of its streams."""
    names = b"".join((name + "\0").encode("utf-16-le") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + names + bytes(512) + body


@cache
def png(shade: int = 255) -> bytes:
    """Return a page of black bars; its last pixel has this shade."""
    return pictures.saved(pictures.ruled(shade), "PNG")


@cache
def jpg() -> bytes:
    """Return a page of black bars as a photo."""
    return pictures.saved(pictures.ruled(), "JPEG")


def heic() -> bytes:
    return pictures.heic()


@cache
def webp() -> bytes:
    return pictures.saved(pictures.ruled(), "WEBP")


@cache
def tiff() -> bytes:
    return pictures.saved(pictures.ruled(), "TIFF")


def program() -> bytes:
    """Return a Windows program."""
    return b"MZ\x90\x00" + bytes(56) + struct.pack("<I", 64) + b"PE\0\0" + bytes(256)


def bundle(*papers: bytes) -> bytes:
    """Return the pages of several PDFs as one."""
    writer, queued = PdfWriter(), io.BytesIO()
    for paper in papers:
        writer.append(io.BytesIO(paper))
    writer.write(queued)
    return queued.getvalue()
