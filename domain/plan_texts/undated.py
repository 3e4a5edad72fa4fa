"""Tasks that come back, or depend on something, without a day: «Hằng quý, …», «đảm bảo thời gian theo quy định»."""

import re
from collections.abc import Callable, Iterator

from domain.plan_texts.grammar.folding import one_of
from domain.plan_texts.grammar.matters import matter_of
from domain.plan_texts.grammar.parties import receiver_of, subject_of
from domain.plan_texts.grammar.years import PlanDates
from domain.plan_texts.proposals import Passage, Task, propose_often, propose_undated
from domain.plan_texts.readings import FoundDeadline
from domain.plans.recurrence import Recurrence

_POINT = r"^[-+*• ]*(?:\d+(?:\.\d+)*[.)]|[a-z]{1,2}[).])? *"
_OFTEN = re.compile(rf"{_POINT}(?P<regular>dinh ky )?(?:hang|moi) (?P<how>nam|quy|thang)\b,?")
_ORDERED = re.compile(rf"\b{one_of('gửi, nộp, báo cáo, trình, đăng ký')}\b")
_SET_ELSEWHERE = re.compile(
    r"\b(?:dam bao|bao dam|dung|theo dung)(?: ve)? (?:thoi gian|thoi han)(?: theo)?(?: dung)? (?:quy dinh|yeu cau)"
    r"(?! (?:(?:noi|neu|o) ?)?tren)|\b(?:dam bao|bao dam) theo (?:dung )?quy dinh va the le"
)
_FROM_NEW_YEAR = re.compile(r"(?<!duoc )(?<!da )\bdang ky\b[^.;()]{0,80}\btu dau nam\b")
_WHEN_ASKED = re.compile(
    r"\bbao cao\b[^.;]{0,120}\bkhi (?:co )?(?:so ket|tong ket|yeu cau|dot xuat)[^.;,]{0,30}(?:, [^.;,]{0,30})?"
    r"(?=[^.;]{0,30}\b(?:gui|ve)\b)"
)
_AT_THE_END = re.compile(
    rf"{_POINT}(?:sau khi )?(?:ket thuc|tong ket) (?:dot|phong trao|cuoc|hoi|chien dich)[^:,.;]{{0,40}}[:,]"
)
_TO_REVIEW = re.compile(r"\b(?:de nghi|xem xet|xet|trinh)\b[^.;]{0,80}\bkhen thuong\b")
_CONDITIONS = (_AT_THE_END, _SET_ELSEWHERE, _WHEN_ASKED, _FROM_NEW_YEAR)


def undated(
    text: str, folded: str, line: int, who_above: Callable[[], str], dates: PlanDates
) -> Iterator[FoundDeadline]:
    """Yield the duties of a sentence that names no day; `who_above` names those who act if the sentence does not."""
    place = Passage(text, line, folded)
    if (often := _OFTEN.match(folded)) is not None:
        yield from _often(text, often, place, who_above)
        return
    found = next((one for pattern in _CONDITIONS if (one := pattern.search(folded))), None)
    if found is None or not _ORDERED.search(folded):
        return
    begins = found.end() if found.re is _AT_THE_END else 0 if found.re is _SET_ELSEWHERE else found.start()
    task = _task(text, begins, who_above)
    if task is not None:
        once = None if found.re in (_FROM_NEW_YEAR, _WHEN_ASKED) else dates.only_year
        recurs = Recurrence.YEARLY if once is None else Recurrence.ONCE
        wording = text[found.start() : found.end()].strip("-+*•:, ")
        yield propose_undated(place, task, wording=wording, recurrence=recurs, year=once)


def _often(text: str, found: re.Match[str], place: Passage, who_above: Callable[[], str]) -> Iterator[FoundDeadline]:
    task = _task(text, found.end(), who_above)
    if task is None:
        return
    wording = text[found.start() : found.end()].lstrip("-+*• ")
    if found["regular"] and found["how"] == "nam":
        if _ORDERED.search(place.context) and task.receiver.to:
            yield propose_undated(place, task, wording=wording, recurrence=Recurrence.YEARLY)
        return
    is_named = bool(subject_of(text[found.end() :].strip()))
    is_ordered = task.receiver.to and _ORDERED.search(place.context)
    if found["how"] != "nam" or (is_named and (is_ordered or _TO_REVIEW.search(place.context))):
        yield propose_often(place, task, wording=wording)


def _task(text: str, begins: int, who_above: Callable[[], str]) -> Task | None:
    """Return the task that the words from `begins` on name; those who act may stand before them."""
    rest = text[begins:].strip()
    matter = matter_of(rest)
    if matter is None:
        return None
    who = subject_of(rest) or subject_of(text) or who_above()
    return Task(*matter, who, receiver_of(rest))
