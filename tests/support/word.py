"""Word files taken apart and edited as an office does."""

import io
import re
import zipfile
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from tests.support.bombs import replaced

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str = DOCUMENT) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def edited(content: bytes, old: str, new: str) -> bytes:
    """Return the file with the first such markup of its document replaced."""
    markup = part(content)
    assert old in markup, old
    return replaced(content, DOCUMENT, markup.replace(old, new, 1).encode())


def with_part(content: bytes, name: str, text: str = "x") -> bytes:
    """Return the file with one part more."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(name, text)
    return target.getvalue()


def words(content: bytes) -> str:
    """Return the text of the document, one line for each paragraph."""
    paragraphs = etree.fromstring(part(content).encode()).iter(f"{_W}p")
    return "\n".join("".join(text.text or "" for text in one.iter(f"{_W}t")) for one in paragraphs)


def attributes(content: bytes, tag: str, name: str = DOCUMENT) -> dict[str, Any]:
    """Return {attribute: value} of the first such tag."""
    found = next(etree.fromstring(part(content, name).encode()).iter(f"{_W}{tag}"))
    return {key.removeprefix(_W): value for key, value in found.attrib.items()}


def fonts(content: bytes) -> set[str]:
    """Return every font that the document, its styles and headers name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"word/(document|styles|header\d*)\.xml", name)]
        markup = "".join(package.read(name).decode() for name in names)
    named = "".join(re.findall(r"<w:rFonts[^>]*>", markup))
    return set(re.findall(r'w:\w+="([^"]+)"', named))
