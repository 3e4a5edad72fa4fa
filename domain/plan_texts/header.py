"""The head of a plan: number, issuer, title, day of issue and the years that it is for."""

import re
from collections.abc import Sequence
from datetime import date

from domain.plan_texts.blocks import Block
from domain.plan_texts.grammar.folding import fold
from domain.plan_texts.readings import PlanHeader

_HEAD = 40
"""Paragraphs at the beginning of a document in which its head is looked for."""
_NUMBER = re.compile(r"\bso ?: ?(?P<number>\d{1,5}(?:[/ ]*[\w-]+){0,3})")
_ISSUED = re.compile(r"ngay (?P<d>[ \d]{1,3}) ?thang (?P<m>[ \d]{1,3}) ?nam (?P<y>(?:19|20)\d\d)")
_KIND = re.compile(
    r"^(?:ke hoach|huong dan|quyet dinh|quy che|quy dinh|chi thi|thong bao|chuong trinh|de an|cong van)(?![a-z ]*[.;:])"
)
_V_V = re.compile(r"\bv/v|\bve viec\b")
_SPAN = re.compile(r"(?:giai doan|cac nam|nam)? ?(?P<first>20\d\d) ?(?:-|den|va) ?(?P<last>20\d\d)")
_YEAR = re.compile(r"\bnam (?P<y>20\d\d)\b")
_ISSUER = re.compile(r"^(?:uy ban nhan dan|ubnd|hoi dong|so|phong|ban)\b")
_NATION = re.compile(r" *cong hoa xa hoi chu nghia viet nam.*")


def read_header(blocks: Sequence[Block]) -> PlanHeader:
    """Return what the first paragraphs say; a part that cannot be found is empty."""
    head = blocks[:_HEAD]
    number = issuer = title = ""
    issued: date | None = None
    for place, block in enumerate(head):
        folded = fold(block.text)
        if not number and (found := _NUMBER.search(folded)):
            number = re.sub(r"\s+", "", block.text[found.start("number") : found.end("number")])
        if (
            issued is None
            and block.rank > 4
            and (found := _ISSUED.search(folded))
            and found.start() < 45
            and len(folded) < 90
        ):
            issued = _date(found)
        if not issuer and _ISSUER.match(folded) and block.text.isupper():
            issuer = block.text[: len(block.text) - len(_nation_of(folded))].strip()
        if not title and _KIND.match(folded) and (block.text[:8].isupper() or len(folded) < 30):
            title = _title(head, place)
    first, last = _years(title)
    return PlanHeader(number, issuer, title, issued, first, last)


def _nation_of(folded: str) -> str:
    found = _NATION.search(folded)
    return found[0] if found else ""


def _title(head: Sequence[Block], place: int) -> str:
    own = head[place].text
    words = re.sub(r"^(?:[A-ZĐÀ-Ỵ]{2,}\s?){1,3}(?=[A-ZĐÀ-Ỵ][a-zà-ỹ]|$)", "", own).strip()
    if len(words) > 12:
        return words
    following = []
    for block in head[place + 1 : place + 4]:
        if (
            fold(block.text).startswith(("can cu", "thuc hien ke", "thuc hien cong", "kinh gui", "tiep tuc"))
            or block.is_heading
        ):
            break
        following.append(block.text)
        if len(block.text) > 60:
            break
    return " ".join(following)


def _years(title: str) -> tuple[int | None, int | None]:
    folded = fold(title)
    if found := _SPAN.search(folded):
        return int(found["first"]), int(found["last"])
    years = [int(found["y"]) for found in _YEAR.finditer(folded)]
    return (years[-1], years[-1]) if years else (None, None)


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"].replace(" ", "")), int(found["d"].replace(" ", "")))
    except ValueError:
        return None
