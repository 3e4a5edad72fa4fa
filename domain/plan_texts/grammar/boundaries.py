"""The words before a day that make it a deadline: «trước ngày», «đến hết ngày», «chậm nhất là»."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from domain.plan_texts.grammar.folding import one_of
from domain.plan_texts.grammar.patterns import NGAY, TRUOC
from domain.plans.deadlines import Boundary

WIDEST = 90
"""Characters before a day in which its words are looked for."""
_WEEKDAY = r"(?: (?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),?)?"
_DAY = rf"{_WEEKDAY}(?: (?:la )?{NGAY}(?: m[uo]ng)?)?"
_LATEST = one_of("chậm nhất, trễ nhất, muộn nhất") + "(?: " + one_of("là, đến, vào, trong, tới, cũng, phải") + ")*"
_NOT_AFTER = one_of("không quá, không chậm quá, không muộn hơn, không chậm hơn, không trễ hơn, không vượt quá")
_LIMIT = (
    one_of("hạn cuối(?: cùng)?, hạn chót, hạn, hạn định")
    + "(?: "
    + one_of("nộp, gửi, nhận, báo cáo, hoàn thành")
    + ")*"
)
_BEFORE = re.compile(rf"(?:\b{TRUOC}(?: va trong)?(?: het)?|\bkhong (?:sau|de sau)){_DAY}:? ?$")
_UNTIL = re.compile(
    rf"(?:\b{_LATEST}(?: het)?|\b{_NOT_AFTER}|\b(?:cho )?(?:den|toi)(?: het)?|\bhet"
    rf"|\b{_LIMIT}(?: (?:la|vao|den))*|\bdung){_DAY} ?:? ?$"
)
_LABEL = re.compile(
    rf"(?:^|[\s(])(?:thoi (?:gian|han|diem)|han|ky han|ngay)(?: [a-z/,]+){{0,9}}?(?: ?:| la| vao| trong)*{_DAY} ?$"
)
_LABEL_END = re.compile(rf"(?::|\bla|\bvao){_DAY} ?$")
_ON = re.compile(rf"\b(?:vao|trong|xong(?: trong)?|dien ra|to chuc|dinh ky(?: vao)?){_DAY} ?$")


class Lead(StrEnum):
    """How the words before a day bind it."""

    BEFORE = auto()
    UNTIL = auto()
    LABEL = auto()
    """«Thời hạn:»"""
    ON = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class FoundLead:
    lead: Lead
    start: int
    """Where the words begin in the text."""


def lead_of(folded: str, end: int) -> FoundLead:
    """Return the words that end at `end`, just before a day."""
    begin = max(0, end - WIDEST)
    before = folded[begin:end]
    for lead, pattern in ((Lead.BEFORE, _BEFORE), (Lead.UNTIL, _UNTIL), (Lead.ON, _ON)):
        if found := pattern.search(before):
            return FoundLead(lead, begin + found.start())
    if (found := _LABEL.search(before)) and _LABEL_END.search(before):
        return FoundLead(Lead.LABEL, begin + found.start() + (before[found.start()] in " ("))
    return FoundLead(Lead.NONE, end)


BOUNDARIES = {
    Lead.BEFORE: Boundary.EXCLUSIVE,
    Lead.UNTIL: Boundary.INCLUSIVE,
    Lead.LABEL: Boundary.INCLUSIVE,
    Lead.ON: Boundary.INCLUSIVE,
}
