"""Days relative to an event: «trước ngày trao thưởng ít nhất 07 ngày», «10 ngày làm việc kể từ ngày nhận hồ sơ»."""

import re
from collections.abc import Iterator

from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.grammar.folding import one_of
from domain.plan_texts.grammar.said import Core, TimeSaid
from domain.plan_texts.readings import RelativeDay

_WORDS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
# «sáu» and «năm» are «sau» and «năm» (years) as well: a number taken wrongly is worse than one not taken.
_COUNT = r"(?P<count>\d{1,3}|mot|hai|ba|bon|bay|tam|chin|muoi(?: lam)?)(?: ?\([^()]{1,20}\))?"
_UNIT = r"(?P<unit>ngay(?P<working> lam viec)?|tuan)(?: ?\([^()]{1,20}\))?"
_LENGTH = rf"{_COUNT} {_UNIT}"
_AT_LEAST = one_of("ít nhất, tối thiểu, tối đa, không quá, chậm nhất, muộn nhất, trước") + "(?: la| trong)?"
_LEAD = (
    "(?:"
    + one_of("""
        trong vòng, trong thời hạn, trong thời gian, trong phạm vi, trong, thời hạn, không quá, chậm nhất, muộn nhất
        ít nhất, tối thiểu, tối đa, trước, sau, là, không chậm quá, từ, khoảng
    """)
    + ":? )*"
)
_EVENT = r"(?P<event>(?:(?:ngay|khi|thoi diem|luc) )?(?!\d{1,2} ?/)[^.,;:()\t]{3,90}?)"
_EVENT_END = (
    r"(?=[.,;:()\t]|$| "
    + one_of("để, gửi, phải, thì(?! dua| tuyen), và (?:gửi|nộp), các đơn vị, cơ quan, về (?:ủy ban|ubnd|phòng|sở|ban)")
    + r"\b)"
)
_BEFORE_LENGTH = re.compile(
    rf"\b(?P<side>truoc|sau) (?P<event>(?:ngay|khi|thoi diem|luc) (?!\d)[^.,;:()\t]{{3,80}}?),? {_AT_LEAST} {_LENGTH}\b"
    rf"|\b(?P<side2>truoc|sau) (?P<event2>(?:ngay|khi) (?!\d)[^.,;:()\t]{{3,60}}?) (?P<count2>\d{{1,3}})"
    r" (?P<unit2>ngay(?P<working2> lam viec)?|tuan)\b(?! (?:ke tu|tu ngay))"
)
_AFTER_LENGTH = re.compile(
    rf"\b{_LEAD}{_LENGTH},? (?P<side>truoc|sau|so voi|tinh den|(?:ke |tinh )?tu(?: sau)?|sau khi|truoc khi|ket thuc)"
    rf"(?: (?=ngay|khi|thoi diem|luc)| ){_EVENT}{_EVENT_END}"
)
_BARE = re.compile(rf"\btruoc {_LENGTH}(?=[ ]?[.,;)]|$)")
_EVE = re.compile(
    r"\btruoc (?P<event>ngay (?:to chuc|khai mac|dien ra|trao|hop|le |hoi nghi|dai hoi|xet)[^.,;:()\t]{0,80}?)"
    + _EVENT_END
)


def relative_days(folded: str, text: str) -> Iterator[TimeSaid]:
    """Yield the days that are counted from an event; `text` is the sentence with its accents."""
    event = ""
    for found in _BEFORE_LENGTH.finditer(folded):
        mark = "2" if found["side2"] else ""
        event = _words(text, found, f"event{mark}")
        yield _said(found, found[f"side{mark}"] == "truoc", event, mark)
    for found in _AFTER_LENGTH.finditer(folded):
        is_before = not found["side"].startswith(("sau", "tu", "ke", "tinh tu", "ket thuc"))
        named = _words(text, found, "event")
        event = f"{text[found.start('side') : found.end('side')]} {named}" if found["side"] == "ket thuc" else named
        yield _said(found, is_before, event)
    for found in _BARE.finditer(folded):
        if event:
            yield _said(found, True, event)
    for found in _EVE.finditer(folded):
        day = RelativeDay(_words(text, found, "event"), 1, is_before=True)
        yield TimeSaid(found.start(), found.end(), Core.EVENT, Lead.UNTIL, found.start(), None, relative=day)


def _said(found: re.Match[str], is_before: bool, event: str, mark: str = "") -> TimeSaid:
    days = _number(found[f"count{mark}"]) * (7 if found[f"unit{mark}"] == "tuan" else 1)
    day = RelativeDay(event, days, is_before=is_before, in_working_days=found[f"working{mark}"] is not None)
    return TimeSaid(found.start(), found.end(), Core.EVENT, Lead.UNTIL, found.start(), None, relative=day)


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    return 15 if words == "muoi lam" else _WORDS.index(words) + 1


def _words(text: str, found: re.Match[str], group: str) -> str:
    return text[found.start(group) : found.end(group)].strip(" ,;:.-")
