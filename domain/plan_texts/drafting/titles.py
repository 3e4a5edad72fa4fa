"""Names in a draft: titles of duties without their year, and issuers as people write them."""

import re

from domain.plans.deadlines import DutyKind
from domain.typed_input.listing import shortened

LONGEST_TITLE = 120
_SHORTEST_CLAUSE = 15
_YEAR_AT_END = re.compile(r"(?P<before>năm +|[IVX]/)(?P<year>\d{4})$")
_PURPOSE = re.compile(r",? (?:để|nhằm|đảm bảo|bảo đảm) .*|[;:] .*")
_RANK = re.compile(r"\b(?:Tỉnh|Thành Phố|Quận|Huyện|Thị Xã|Thị Trấn|Xã|Phường|Đặc Khu)\b")

KIND_TITLES = {
    DutyKind.PLEDGE: "Giao ước thi đua",
    DutyKind.PLAN: "Kế hoạch",
    DutyKind.REPORT: "Báo cáo",
    DutyKind.DOSSIER: "Hồ sơ khen thưởng",
    DutyKind.TASK: "Việc khác",
}
"""Names of the kinds of duty; also the title of a duty whose task the text does not name."""


def title_of_task(what: str, kind: DutyKind, *, due_year: int | None) -> str:
    """Return the title of a duty without the year of its day, which is shown behind it: «Báo cáo năm».

    `due_year` is that year, or None if it is any. «Báo cáo năm 2025», due in 2026, gives «Báo cáo năm trước».
    """
    bare = _without_year(_clause(" ".join(what.split())).strip(" ,;.:"), due_year)
    title = shortened(bare, LONGEST_TITLE) or KIND_TITLES[kind]
    return title[0].upper() + title[1:]


def issuer_name(name: str) -> str:
    """Return «UBND quận Ba Đình» for the «ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH» of a head; other names stay."""
    if not name.isupper() or name.startswith("UBND"):
        return name
    titled = re.sub(r"^(?:Ủy|Uỷ) Ban Nhân Dân ", "UBND ", name.title())
    return _RANK.sub(lambda rank: rank[0].lower(), titled)


def _clause(what: str) -> str:
    """Return the words before the purpose: «kế hoạch năm 2024 để triển khai» gives «kế hoạch năm 2024»."""
    cut = _PURPOSE.search(what, _SHORTEST_CLAUSE)
    return what[: cut.start()] if cut else what


def _without_year(title: str, due_year: int | None) -> str:
    found = _YEAR_AT_END.search(title)
    if found is None:
        return title
    before, shift = title[: found.start()], int(found["year"]) - due_year if due_year is not None else 0
    if shift == 0:
        return before + found["before"].rstrip(" /")
    is_near = abs(shift) == 1 and found["before"].startswith("năm")
    return f"{before}năm {'trước' if shift < 0 else 'sau'}" if is_near else title
