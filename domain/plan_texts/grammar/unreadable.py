"""Times that bind somebody and yet give no day: a day of every week, a number of days from nowhere."""

import re
from collections.abc import Iterator

from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.grammar.folding import one_of
from domain.plan_texts.grammar.said import Core, TimeSaid
from domain.plan_texts.readings import WhyNot

_WEEKLY = re.compile(r"\b(?:hang|moi) tuan\b|\bbao cao tuan\b")
_LENGTH = re.compile(
    "\\b"
    + one_of("trong vòng, trong thời hạn, trong thời gian, trong phạm vi, không quá, chậm nhất, muộn nhất, trước")
    + r"(?: (?:la|khong qua))? (?:\d{1,3}|mot|hai|ba|bon|bay|tam|chin|muoi)(?: ?\([^()]{1,20}\))?"
    r" (?:ngay|tuan|thang)\b(?! ?\d)(?: lam viec)?"
)
_ASKED = re.compile(
    rf"\b{one_of('gửi, gởi, nộp, báo cáo, trình, thẩm định, thông báo, hoàn thành, trả, công bố, niêm yết')}\b"
)


def unreadable(folded: str, times: list[TimeSaid]) -> Iterator[WhyNot]:
    """Yield why a sentence that asks for something names a time which is not taken; `times` are those found in it."""
    if _ASKED.search(folded) is None:
        return
    if _WEEKLY.search(folded):
        yield WhyNot.WEEKLY
    if any(
        not any(said.lead_start < found.end() and found.start() < said.end for said in times)
        for found in _LENGTH.finditer(folded)
    ):
        yield WhyNot.LENGTH_OF_TIME
    if any(_is_vague(said) for said in times):
        yield WhyNot.TOO_VAGUE


def _is_vague(said: TimeSaid) -> bool:
    is_bound = said.lead is not Lead.NONE
    is_without_month = said.core is Core.MONTHLY_DAY and not said.is_marked
    return is_bound and (said.is_vague or is_without_month)
