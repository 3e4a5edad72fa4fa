"""Findings about a paper that its sender may overrule: blank or blurred pages, another unit or year, a second use.

A finding is a warning and can be wrong; what makes a file unusable is refused and is no finding.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from domain.errors import Refusal
from domain.typed_input.words import clean_line, plain

LONGEST_REASON = 300
_FEWEST_LETTERS = 3


class FindingKind(StrEnum):
    BLANK = "BLANK"
    """Pages without text and pictures; the whole paper if no pages are named."""
    BLURRED = "BLURRED"
    COARSE = "COARSE"
    """Pages with too few pixels to read small print."""
    OTHER_UNIT = "OTHER_UNIT"
    OTHER_YEAR = "OTHER_YEAR"
    USED_BEFORE = "USED_BEFORE"
    """The unit sent the same file with another submission."""
    USED_ELSEWHERE = "USED_ELSEWHERE"
    """Another unit sent the same file; which one is not told."""


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    pages: tuple[int, ...] = ()
    """Numbers of the pages, counted from 1; empty if it is about the whole paper."""
    says: str = ""
    """What the paper says instead: the other unit's name, the other year; or where the file was used before."""

    def kept(self) -> list[object]:
        """Return the values to store; `of` reads them back."""
        return [str(self.kind), list(self.pages), self.says]

    @classmethod
    def of(cls, kept: Sequence[object]) -> "Finding":
        kind, pages, says = kept
        numbers = pages if isinstance(pages, list) else []
        return cls(FindingKind(str(kind)), tuple(int(page) for page in numbers), str(says))


def join_findings(before: Iterable[Finding], page: Iterable[Finding], *, place: int) -> tuple[Finding, ...]:
    """Return the findings of a paper into which one page was inserted as page `place`, counted from 0."""
    moved = [replace(found, pages=tuple(n + (n > place) for n in found.pages)) for found in before]
    joined: dict[tuple[FindingKind, str], Finding] = {(found.kind, found.says): found for found in moved}
    for found in page:
        known = joined.get((found.kind, found.says), replace(found, pages=()))
        joined[known.kind, known.says] = replace(known, pages=tuple(sorted({*known.pages, place + 1})))
    return tuple(joined.values())


def read_reason(text: str) -> str:
    """Return why a paper is kept in spite of its findings. Raises Refusal if it is too short or too long."""
    reason = clean_line(text)
    if sum(map(str.isalpha, reason)) < _FEWEST_LETTERS or len(reason) > LONGEST_REASON:
        raise Refusal(
            "keeping-reason-unusable",
            f"Anh/chị ghi lý do giữ tệp, ngắn gọn (nhiều nhất {LONGEST_REASON} ký tự). Ví dụ: Bản gốc chỉ có vậy.",
        )
    return reason


_WORD = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 5
_ADDRESSED = re.compile(r"\W*(?:kinh gui|noi nhan)\b|\s*[-–+•]")
_GENERIC = re.compile(r"^(?:uy ban nhan dan|ubnd|dang uy|hoi dong nhan dan|hdnd)\s+")


def find_other_unit(text: str, *, own: Collection[str], others: Collection[str]) -> Finding | None:
    """Return a finding if the text names some of the `others` but the unit by none of its `own` names.

    Names are compared by words, without accents and case: «Phường 5» is not in «PHƯỜNG 50». Old names and the names of
    merged units belong to `own`. Those to whom a paper is addressed do not count.
    """
    words = f" {_spaced(text)} "
    if any(f" {_bare(name)} " in words for name in own):
        return None
    lines = (line for line in text.splitlines() if not _ADDRESSED.match(plain(line)))
    words = f" {_spaced(' '.join(lines))} "
    # A name of one short word stands in any text.
    named = [name for name in others if len(_bare(name)) >= _SHORTEST_NAME and f" {_bare(name)} " in words]
    # «Phường 1» would also be found where only «Xã Phường 1 Đông» stands; the longest name is the one that is meant.
    longest = max(named, key=len, default=None)
    return Finding(FindingKind.OTHER_UNIT, says=longest) if longest else None


def _bare(name: str) -> str:
    return _GENERIC.sub("", _spaced(name))


def _spaced(text: str) -> str:
    return " ".join(_WORD.findall(plain(text)))


_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d]|[.,]\d)")
_CITED = re.compile(
    r"\d{1,5}\s*/\s*20\d\d\s*/\s*[^\W\d]|^\W*can cu\b|\bluat\b|\bnghi dinh\b|\bthong tu\b", re.MULTILINE
)


def find_other_year(text: str, *, years: Collection[int]) -> Finding | None:
    """Return a finding if the text names years, but none of `years`.

    Years of laws that it cites («Căn cứ Luật …», «98/2023/NĐ-CP») do not count as those of the paper, and a year to
    come is a plan's.
    """
    folded = "\n".join(plain(line) for line in text.splitlines())
    if any(re.search(rf"(?<!\d){year}(?!\d)", folded) for year in years):
        return None
    own = [int(year) for line in folded.splitlines() if not _CITED.search(line) for year in _YEAR.findall(line)]
    past = [year for year in own if min(years) - 10 <= year < min(years)]
    return Finding(FindingKind.OTHER_YEAR, says=str(max(past))) if past and len(past) == len(own) else None


_OWN_TEXT = ("to trinh", "bien ban", "bao cao", "de nghi", "ke hoach", "danh sach", "dang ky", "tom tat")


def states_unit_and_year(requirement_name: str) -> bool:
    """Whether the unit writes the paper itself, this year; proofs and decisions can be older, or another's."""
    name = plain(requirement_name.partition(":")[0])
    return any(word in name for word in _OWN_TEXT) and "quyet dinh" not in name and "minh chung" not in name


def runs_of(pages: Sequence[int]) -> str:
    """Return page numbers in words, runs joined: (1, 2, 3, 7) gives «1-3, 7»."""
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in _runs(pages))


def _runs(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    if not pages:
        return
    first = pages[0]
    for page, following in pairwise((*pages, pages[-1] + 2)):
        if following != page + 1:
            yield first, page
            first = following
