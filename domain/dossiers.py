"""What a dossier must hold, and which files may go into it."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.plans import AwardForm, Piece, SubjectKind

LARGEST_FILE = 20 * 1024 * 1024
"""Telegram lets a bot fetch no more."""

MOST_NOMINEES = 20


@dataclass(frozen=True, slots=True)
class Need:
    """One paper that a dossier must hold; `key` tells apart the reports of several nominees."""

    key: str
    name: str


def needs_of(award: AwardForm, *, subject: SubjectKind, nominees: tuple[str, ...]) -> tuple[Need, ...]:
    """The checklist; a paper asked per nominee stands once for each (PLANS.md S0, line 178)."""
    return tuple(need for piece in award.checklist(subject) for need in _needs(piece, nominees))


def _needs(piece: Piece, nominees: tuple[str, ...]) -> tuple[Need, ...]:
    if not piece.per_nominee or len(nominees) < 2:
        return (Need(piece.code, piece.name),)
    return tuple(
        Need(f"{piece.code}#{number}", f"{piece.name}: {nominee}") for number, nominee in enumerate(nominees, start=1)
    )


def read_nominees(text: str) -> tuple[str, ...]:
    """One nominee a line, as typed; raises Refusal when there is none, or too many, or one is not a name."""
    nominees = tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if not nominees:
        raise Refusal("Anh/chị ghi tên, mỗi người hoặc tập thể một dòng.")
    if len(nominees) > MOST_NOMINEES:
        raise Refusal(f"Một hồ sơ ghi nhiều nhất {MOST_NOMINEES} tên. Anh/chị tách thành nhiều hồ sơ.")
    if any(len(nominee) > 120 or not any(letter.isalpha() for letter in nominee) for nominee in nominees):
        raise Refusal("Mỗi dòng là một tên, dài nhất 120 ký tự, ví dụ: Tổ Văn phòng - Thống kê.")
    return nominees


def refuse_size(size: int) -> None:
    """Raises Refusal for an empty file, and for one that is too large to be fetched."""
    if size == 0:
        raise Refusal("Tệp này rỗng (0 byte). Anh/chị mở lại tệp trên máy rồi gửi lại.")
    if size > LARGEST_FILE:
        megabytes = round(size / 1024 / 1024)
        raise Refusal(f"Tệp {megabytes} MB, quá 20 MB. Anh/chị nén lại hoặc tách thành nhiều tệp nhỏ hơn rồi gửi lại.")
