"""Finding the parts of a Word, Excel or PowerPoint file by relationships and content types, whatever their names."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 2 * 1024 * 1024
"""Bytes read of one part; the text of a first page is at its beginning."""
_DECLARATIONS = 512
_MOST_RELATED = 12


class Application(StrEnum):
    WORD = "word"
    EXCEL = "xl"
    POWERPOINT = "ppt"


_SIGNS = (
    ("wordprocessingml", Application.WORD),
    ("ms-word", Application.WORD),
    ("spreadsheetml", Application.EXCEL),
    ("ms-excel", Application.EXCEL),
    ("presentationml", Application.POWERPOINT),
    ("ms-powerpoint", Application.POWERPOINT),
)
_USUAL = (
    ("word/document.xml", Application.WORD),
    ("xl/workbook.xml", Application.EXCEL),
    ("xl/workbook.bin", Application.EXCEL),
    ("ppt/presentation.xml", Application.POWERPOINT),
)


@dataclass(frozen=True, slots=True)
class MainPart:
    application: Application
    name: str
    """Name in the package: «word/document2.xml»."""


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    values: dict[str, str]


def find_main_part(package: zipfile.ZipFile) -> MainPart | None:
    """Return the part that the package names as its document, or None if the archive is of another kind."""
    names = _plain_names(package)
    types = {
        _plain(tag.values.get("PartName", "")): tag.values.get("ContentType", "")
        for tag in _tags(_read(package, names.get("[content_types].xml")))
        if tag.name == "Override"
    }
    for tag in _tags(_read(package, names.get("_rels/.rels"))):
        if tag.name == "Relationship" and tag.values.get("Type", "").endswith("/officeDocument"):
            target = _plain(tag.values.get("Target", ""))
            application = _application(types.get(target, ""), target)
            if target in names and application is not None:
                return MainPart(application, names[target])
    return next((MainPart(application, names[usual]) for usual, application in _USUAL if usual in names), None)


def related_parts(package: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    """Return the names of at most twelve parts to which `part` has a relationship of this kind.

    `kind` is a regular expression of the end of the relationship's type.
    """
    names = _plain_names(package)
    folder, name = posixpath.split(_plain(part))
    tags = _tags(_read(package, names.get(f"{folder}/_rels/{name}.rels")))
    targets = (
        _plain(posixpath.join("/", folder, tag.values.get("Target", "")))
        for tag in tags
        if re.search(rf"/(?:{kind})$", tag.values.get("Type", ""))
    )
    return [names[target] for target in dict.fromkeys(targets) if target in names][:_MOST_RELATED]


def named_parts(package: zipfile.ZipFile, pattern: str) -> list[str]:
    """Return the names of at most twelve parts whose name in lower case matches the pattern."""
    found = (name for plain, name in _plain_names(package).items() if re.fullmatch(pattern, plain))
    return list(found)[:_MOST_RELATED]


def read_part(package: zipfile.ZipFile, name: str | None) -> str:
    """Return the beginning of one part as text; empty if `name` is None."""
    return _read(package, name)


def read_beginning(package: zipfile.ZipFile, name: str) -> str:
    """Return the first characters of one part: its declarations."""
    return _read(package, name, most=_DECLARATIONS)


def _application(content_type: str, target: str) -> Application | None:
    by_type = next((application for sign, application in _SIGNS if sign in content_type.lower()), None)
    by_folder = next((application for application in Application if target.startswith(f"{application}/")), None)
    return by_type or by_folder


def _plain_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Return {name in lower case: name in the package}; some programs write backslashes or other capitals."""
    return {_plain(name): name for name in package.namelist()}


def _plain(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()


def _read(package: zipfile.ZipFile, name: str | None, *, most: int = MOST_BYTES) -> str:
    if name is None:
        return ""
    with package.open(name) as part:
        content = part.read(most)
    # XML may be stored as UTF-16; a byte order mark at its start says so.
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if is_wide else "utf-8-sig", "replace")


def _tags(xml: str) -> list[_Tag]:
    """Return the tags with their attributes; text between tags is ignored."""
    return [
        _Tag(found[1], dict(re.findall(r"""(\w+)\s*=\s*["']([^"'<>]*)["']""", found[2])))
        for found in re.finditer(r"<(?:\w+:)?(\w+)\b([^<>]*)>", xml)
    ]
