"""The head of a plan: number, issuer, title, day of issue and the years that it is for."""

import re
from collections.abc import Sequence
from datetime import date

from domain.plan_texts.blocks import Block
from domain.plan_texts.grammar.folding import fold, one_of
from domain.plan_texts.readings import PlanHeader

_HEAD = 40
"""Paragraphs at the beginning of a document in which its head is looked for."""
_NUMBER = re.compile(r"\bso ?:? ?(?P<number>\d{1,5} ?/ ?[a-z][\w-]*(?:/[\w-]+)?)")
_ISSUED = re.compile(r"ngay (?P<d>[ \d]{1,3}) ?thang (?P<m>[ \d]{1,3}) ?nam (?P<y>(?:19|20)\d\d) ?\.?$")
_BOUND = re.compile(r"\b(?:truoc|cham nhat|den|gui|nop)\b")
_LONGEST_PLACE = 45
"""Letters before the day of issue: the place, and the number in the column beside it."""
_KIND = re.compile(
    rf"{one_of('kế hoạch, hướng dẫn, quyết định, quy chế, quy định, chỉ thị, thông báo, chương trình, đề án')}"
)
_KIND_IN_CAPITALS = re.compile(r"^(?:[A-ZĐÀ-Ỵ]{2,}\s?){1,3}(?=[A-ZĐÀ-Ỵ][a-zà-ỹ]|$)")
_BEGINS = re.compile(
    one_of("căn cứ, thực hiện, theo, kính gửi, tiếp tục, nhằm, để, xét, trên cơ sở, triển khai thực hiện kế hoạch")
)
_SPAN = re.compile(r"(?<!nhiem ky )(?P<first>20\d\d) ?(?:-|den|va) ?(?P<last>20\d\d)")
_YEAR = re.compile(r"\bnam (?P<y>20\d\d)\b")
_ISSUER = re.compile(rf"{one_of('ủy ban nhân dân, ubnd, hội đồng, sở, phòng, ban, đảng ủy, cụm thi đua')}\b")
_NATION = re.compile(
    r" *(?:cong hoa xa hoi chu nghia viet nam|doc lap ?- ?tu do ?- ?hanh phuc|dang cong san viet nam).*"
)


def read_header(blocks: Sequence[Block]) -> PlanHeader:
    """Return what the first paragraphs say; a part that cannot be found is empty."""
    head = blocks[:_HEAD]
    title = _title(head)
    first, last = _years(title)
    return PlanHeader(_number(head), _issuer(head), title, _issued(head), first, last)


def _number(head: Sequence[Block]) -> str:
    for block in head:
        if found := _NUMBER.search(fold(block.text)):
            return re.sub(r"\s+", "", block.text[found.start("number") : found.end("number")])
    return ""


def _issued(head: Sequence[Block]) -> date | None:
    for block in head:
        folded = fold(block.text)
        is_line = block.rank > 4 and len(folded) < 2 * _LONGEST_PLACE and not _BOUND.search(folded)
        if is_line and (found := _ISSUED.search(folded)) and found.start() < _LONGEST_PLACE:
            return _date(found)
    return None


def _issuer(head: Sequence[Block]) -> str:
    """Return the lines in capitals at the beginning, from the last that names a body on."""
    names: list[str] = []
    for block in head:
        folded = fold(block.text)
        nation = _NATION.search(folded)
        own = block.text[: nation.start()].strip() if nation else block.text
        if _NUMBER.search(folded) or _KIND.match(folded) or (own and not own.isupper()):
            break
        if own:
            names = [own] if _ISSUER.match(fold(own)) else [*names, own]
    return " ".join(names) if names and _ISSUER.match(fold(names[0])) else ""


def _title(head: Sequence[Block]) -> str:
    places = (place for place, block in enumerate(head) if _is_kind(block.text))
    place = next(places, None)
    if place is None:
        return ""
    words = _KIND_IN_CAPITALS.sub("", head[place].text).strip()
    if len(words) > len("quyết định"):
        return words
    following: list[str] = []
    for block in head[place + 1 : place + 5]:
        if _BEGINS.match(fold(block.text)) or block.is_heading:
            break
        following.append(block.text)
    return " ".join(following)


def _is_kind(text: str) -> bool:
    return _KIND.match(fold(text)) is not None and (text[:8].isupper() or len(text) < len("chương trình hành động"))


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
