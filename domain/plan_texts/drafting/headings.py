"""Edits of a drafted plan's own lines: code, number, issuer, title, day of issue, years, indicators and award forms."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.errors import Refusal
from domain.plan_texts.drafting.compiling import LONGEST_CODE
from domain.plan_texts.drafting.drafts import PlanDraft
from domain.plans.indicators import Better, Indicator
from domain.typed_input.days import read_day
from domain.typed_input.words import clean, clean_line, plain, read_sentence, slug

MOST_INDICATORS = 60
TYPED_SOURCE = "nhập khi nạp kế hoạch"
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"[^\s]{1,60}")
_YEARS = re.compile(r"(\d{4})(?: ?(?:-|den) ?(\d{4})?)?")
_OPEN_END = re.compile(r"(?:tu )?(\d{4})(?: tro di)?")
_HIGHEST = Decimal(1_000_000_000)
_WHOLE = frozenset({"ho", "nguoi", "vu", "cai", "viec", "lao dong", "mo hinh", "cong trinh", "sang kien", "dang vien"})


class HeadLine(StrEnum):
    """Lines of the head that are typed."""

    NUMBER = "number"
    TITLE = "title"
    ISSUED = "issued"
    YEARS = "years"
    ISSUER = "issuer"
    CODE = "code"


def with_line(draft: PlanDraft, line: HeadLine, text: str, *, today: date) -> PlanDraft:
    """Return the draft with this line of its head as it was typed. Raises Refusal if the text cannot be that line."""
    if line is HeadLine.CODE:
        return replace(draft, code=_code(text), is_new_version=False)
    if line is HeadLine.YEARS:
        first, last = _years(text)
        return replace(draft, header=replace(draft.header, first_year=first, last_year=last))
    if line is HeadLine.ISSUED:
        issued = read_day(text, today=today, since=date(today.year, 1, 1), until=today, example="29/1/2026")
        if issued > today:
            raise Refusal("day-not-past", f"Ngày {issued:%d/%m/%Y} chưa đến. Anh/chị gõ cả năm, ví dụ: 29/1/2026")
        first_year = draft.header.first_year or issued.year
        return replace(draft, header=replace(draft.header, issued=issued, first_year=first_year))
    header = draft.header
    if line is HeadLine.NUMBER:
        return replace(draft, header=replace(header, number=_number(text)))
    if line is HeadLine.TITLE:
        return replace(draft, header=replace(header, title=_title(text)))
    return replace(draft, header=replace(header, issuer=_issuer(text)))


def with_typed_indicators(draft: PlanDraft, text: str) -> PlanDraft:
    """Return the draft with the typed indicators, one in a line: «Thu ngân sách; tỷ đồng».

    A third part «thấp» says that less is better. Raises Refusal, which names the first line that cannot be read.
    """
    indicators = [_indicator(line) for line in clean(text).split("\n") if line.strip()]
    if len(indicators) > MOST_INDICATORS:
        raise Refusal("indicators-too-many", f"Nhiều nhất {MOST_INDICATORS} chỉ tiêu. Anh/chị gửi lại danh sách.")
    codes = [indicator.code for indicator in indicators]
    twice = next((one.name for one in indicators if codes.count(one.code) > 1), None)
    if twice is not None:
        raise Refusal("indicator-twice", f"Chỉ tiêu «{twice}» có hai dòng. Anh/chị gửi lại danh sách.")
    return replace(draft, typed_indicators=tuple(indicators), indicators_from="")


def _code(text: str) -> str:
    code = clean_line(text).casefold()
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise Refusal(
            "plan-code-unread",
            f"Mã chỉ gồm chữ thường không dấu, số và gạch nối, dài nhất {LONGEST_CODE}, ví dụ: ke-hoach-2026",
        )
    return code


def _number(text: str) -> str:
    number = clean_line(text)
    if not _NUMBER.fullmatch(number):
        raise Refusal("plan-number-unread", "Bot chưa đọc được số, ký hiệu. Anh/chị gõ như trên văn bản: 152/KH-UBND")
    return number


def _title(text: str) -> str:
    return read_sentence(text, example="Công tác thi đua, khen thưởng năm 2026", longest=300)


def _issuer(text: str) -> str:
    return read_sentence(text, example="UBND xã Mẫu", longest=120)


def _years(text: str) -> tuple[int, int | None]:
    said = plain(clean_line(text))
    found = _YEARS.fullmatch(said) or _OPEN_END.fullmatch(said)
    if found is None:
        raise Refusal("years-unread", "Bot chưa đọc được năm. Anh/chị gõ 2026 (đến khi có kế hoạch mới) hoặc 2026-2030")
    first = int(found[1])
    last = int(found[2]) if found.re is _YEARS and found[2] else None
    if last is not None and last < first:
        raise Refusal("years-unread", f"Năm cuối {last} trước năm đầu {first}. Anh/chị gõ lại, ví dụ: 2026-2030")
    return first, last


def _indicator(line: str) -> Indicator:
    name, *rest = (part.strip(" .") for part in line.lstrip("-•* ").split(";"))
    if not rest or not rest[0] or len(rest) > 2 or not slug(name):
        raise Refusal(
            "indicator-unread", f"Bot chưa đọc được dòng «{line[:60]}». Mỗi dòng ghi: tên; đơn vị tính, ví dụ: BHYT; %"
        )
    uom = rest[0]
    is_share = uom == "%"
    return Indicator(
        code=slug(name)[:LONGEST_CODE].strip("-"),
        name=name,
        uom=uom,
        better=Better.LOWER if rest[1:] and plain(rest[1]) == "thap" else Better.HIGHER,
        low=Decimal(0),
        high=Decimal(100) if is_share else _HIGHEST,
        whole=plain(uom) in _WHOLE,
        group="Chung",
        source=TYPED_SOURCE,
    )
