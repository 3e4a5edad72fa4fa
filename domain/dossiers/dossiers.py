"""Contents of a dossier: its checklist, its nominees, and the size and names of its files."""

import math
import re
import unicodedata
from dataclasses import dataclass

from domain.errors import Refusal
from domain.plans.plans import AwardForm, Requirement, SubjectKind
from domain.typed_input.words import clean, clean_line
from domain.units import UnitKind

LARGEST_FILE = 20 * 1024 * 1024
"""Largest file that Telegram lets a bot download (bytes)."""

LARGEST_LINKED_FILE = 200 * 1024 * 1024
"""Largest file that comes through an upload link (bytes)."""

MOST_NOMINEES = 20
_NUMBERING = re.compile(r"^(?:\d{1,2}[.)]|[-–•+*])\s*")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
LONGEST_NOMINEE = 120
LONGEST_FILE_NAME = 120


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One paper that a dossier must contain; `key` is the paper's code, with «#2» for the second nominee's."""

    key: str
    name: str


def checklist_items(
    award: AwardForm, *, subject: SubjectKind, nominees: tuple[str, ...], proposer: UnitKind
) -> tuple[ChecklistItem, ...]:
    """Return the checklist of a dossier; a paper per nominee is listed once for each (PLANS.md S0, line 178)."""
    return tuple(
        item
        for requirement in award.requirements
        if _is_asked(requirement, subject, proposer)
        for item in _items(requirement, nominees)
    )


def _is_asked(requirement: Requirement, subject: SubjectKind, proposer: UnitKind) -> bool:
    # The head of an enterprise must prove the same as the enterprise (PLANS.md S0, line 179; S1, line 117).
    heads_enterprise = subject is SubjectKind.HEAD and proposer is UnitKind.ENTERPRISE
    return subject in requirement.subjects or (heads_enterprise and SubjectKind.ENTERPRISE in requirement.subjects)


def _items(requirement: Requirement, nominees: tuple[str, ...]) -> tuple[ChecklistItem, ...]:
    if not requirement.per_nominee or len(nominees) < 2:
        return (ChecklistItem(requirement.code, requirement.name),)
    return tuple(
        ChecklistItem(f"{requirement.code}#{number}", f"{requirement.name}: {nominee}")
        for number, nominee in enumerate(nominees, start=1)
    )


def document_items(papers: tuple[Requirement, ...], *, code: str, title: str) -> tuple[ChecklistItem, ...]:
    """Return the checklist of a duty that is one document: the plan's paper with the duty's code, else its title."""
    return tuple(ChecklistItem(paper.code, paper.name) for paper in papers if paper.code == code) or (
        ChecklistItem(code, title),
    )


def own_subject(proposer: UnitKind) -> SubjectKind:
    """Return the subject under which a unit proposes itself; an enterprise has its own, for it must prove its taxes."""
    return SubjectKind.ENTERPRISE if proposer is UnitKind.ENTERPRISE else SubjectKind.COLLECTIVE


def read_nominees(text: str) -> tuple[str, ...]:
    """Return the nominees, one from each line, without numbering and duplicates.

    Raises Refusal if there are none, too many, or a line is not a name.
    """
    found: dict[str, str] = {}
    for line in clean(text).splitlines():
        name = _NUMBERING.sub("", line).strip()
        if name:
            found.setdefault(_spelling(name), name)
    nominees = tuple(found.values())
    if not nominees:
        raise Refusal("nominees-missing", "Anh/chị ghi tên, mỗi người hoặc tập thể một dòng.")
    if len(nominees) > MOST_NOMINEES:
        raise Refusal(
            "nominees-too-many", f"Một hồ sơ ghi nhiều nhất {MOST_NOMINEES} tên. Anh/chị tách thành nhiều hồ sơ."
        )
    if any(len(nominee) > LONGEST_NOMINEE or not any(map(str.isalpha, nominee)) for nominee in nominees):
        raise Refusal(
            "nominee-not-a-name",
            f"Mỗi dòng là một tên, dài nhất {LONGEST_NOMINEE} ký tự, ví dụ: Tổ Văn phòng - Thống kê.",
        )
    return nominees


def _spelling(name: str) -> str:
    """Return a form that is equal for all spellings of a name: «Hoà» and «Hòa», capitals or not."""
    return " ".join(_tone_last(word) for word in unicodedata.normalize("NFD", name.casefold()).split())


def _tone_last(word: str) -> str:
    tones = "".join(letter for letter in word if letter in _TONES)
    return "".join(letter for letter in word if letter not in _TONES) + tones


def refuse_size(size: int, *, most: int = LARGEST_FILE) -> None:
    """Raise Refusal if the file is empty or larger than `most`; both in bytes."""
    if size == 0:
        raise Refusal("file-empty", "Tệp này rỗng (0 byte). Anh/chị mở lại tệp trên máy rồi gửi lại.")
    if size > most:
        raise too_large(size, most=most)


def too_large(size: int | None = None, *, most: int = LARGEST_FILE) -> Refusal:
    """Return the refusal of a file that is too large; it names the size (bytes) if that is known."""
    limit = f"quá {most // 1024 // 1024} MB"
    what = f"Tệp {math.ceil(size / 1024 / 1024)} MB, {limit}" if size else f"Tệp {limit}"
    return Refusal("file-too-large", f"{what}. Anh/chị nén lại hoặc tách thành nhiều tệp nhỏ hơn rồi gửi lại.")


def tidy_name(file_name: str, *, endings: tuple[str, ...]) -> str:
    """Return the name to store a file under: printable, without path, short, and with one of `endings`.

    A name without any of them gets the first: a document `x.exe` becomes `x.exe.pdf`, so that it opens as what it is.
    """
    letters = clean_line(file_name).replace("/", "-").replace("\\", "-")
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in letters).split())
    ending = next((ending for ending in endings if name.lower().endswith(ending)), None)
    stem = name[: -len(ending)] if ending else name
    kept = name[len(stem) :] or endings[0]
    return f"{stem[: LONGEST_FILE_NAME - len(kept)].strip() or 'Tệp'}{kept}"
