"""Official papers by NĐ 30/2020: their names, who issues them, and how days and legal bases are written in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Refusal
from domain.plans.legal_basis import LegalText, TextKind
from domain.plans.plans import Plan
from domain.typed_input.words import clean_line, plain
from domain.units import UnitKind

UNKNOWN = "……"
"""Stands for everything that is not known: number, day, place, signature."""


class PaperKind(StrEnum):
    """Papers by the names under which their templates are stored; a name is never changed."""

    COMPILED_REPORT = "bao-cao-tong-hop"
    LATE_LIST = "danh-sach-cham-nop"
    REMINDER = "cong-van-nhac"
    CLUSTER_PLEDGE = "giao-uoc-cum"
    SUBMISSION_LETTER = "to-trinh"
    MINUTES = "bien-ban"
    DOSSIER_RECEIPT = "phieu-tiep-nhan"
    PLEDGE = "giao-uoc"
    UNIT_REPORT = "bao-cao-don-vi"


PAPER_NAMES = {
    PaperKind.COMPILED_REPORT: "Báo cáo tổng hợp",
    PaperKind.LATE_LIST: "Danh sách chậm nộp",
    PaperKind.REMINDER: "Công văn nhắc",
    PaperKind.CLUSTER_PLEDGE: "Giao ước của cụm",
    PaperKind.SUBMISSION_LETTER: "Tờ trình",
    PaperKind.MINUTES: "Biên bản họp Hội đồng",
    PaperKind.DOSSIER_RECEIPT: "Phiếu tiếp nhận hồ sơ",
    PaperKind.PLEDGE: "Giao ước thi đua",
    PaperKind.UNIT_REPORT: "Báo cáo của đơn vị",
}


def read_paper_kind(name: str) -> PaperKind:
    """Return the paper of this name. Raises Refusal, which lists the names, if there is none."""
    for kind in PaperKind:
        if plain(name) in (kind.value, plain(PAPER_NAMES[kind])):
            return kind
    names = ", ".join(PaperKind)
    raise Refusal("paper-unknown", f"Không có mẫu văn bản «{name}». Các mẫu: {names}.")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The two names at the head of a paper, in capitals."""

    parent: str
    """The body above; empty if the issuer's name stands alone."""
    name: str
    """The issuing body; a line break parts «ỦY BAN NHÂN DÂN» from its place."""


_COMMITTEE = re.compile(r"^(?:UBND|Ủy ban nhân dân)\s+", re.IGNORECASE)
_PLACES = ("phuong ", "xa ", "dac khu ", "thi tran ", "tinh ", "thanh pho ", "quan ", "huyen ", "thi xa ")
_ALONE = frozenset({UnitKind.ENTERPRISE, UnitKind.MASS_ORGANISATION})
"""Kinds of unit whose papers do not name the authority above: it is not the body that they belong to."""


def issuer_of(name: str, kind: UnitKind, *, authority: str) -> Issuer:
    """Return the head of a unit's paper: a people's committee stands alone, an agency below its authority."""
    place = _COMMITTEE.sub("", name)
    is_local = kind in (UnitKind.COMMUNE, UnitKind.AUTHORITY) and plain(place).startswith(_PLACES)
    if is_local or place != name:
        return Issuer("", f"ỦY BAN NHÂN DÂN\n{place.upper()}")
    return Issuer("" if kind in _ALONE else authority.upper(), name.upper())


def formal_day(day: date) -> str:
    """Return the day with a zero before single digits and months 1 and 2 (NĐ 30/2020): 05/01/2026, 14/5/2026."""
    return f"{day.day:02}/{day.month:0{2 if day.month < 3 else 1}}/{day.year}"


def formal_moment(moment: datetime) -> str:
    """Return 08 giờ 05 ngày 14/5/2026."""
    return f"{moment:%H} giờ {moment:%M} ngày {formal_day(moment.date())}"


def with_year(title: str, year: int) -> str:
    """Return the title of a duty as a sentence names it: «Báo cáo 6 tháng năm 2026», «Báo cáo năm 2026»."""
    return f"{title} {year}" if plain(title).endswith(("nam", str(year))) else f"{title} năm {year}"


def within_sentence(title: str) -> str:
    """Return the title with a small first letter, unless its first word is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def cite_plan(plan: Plan) -> str:
    """Return «Kế hoạch số 01/KH-UBND ngày 02/01/2026 của UBND tỉnh Mẫu về công tác thi đua, khen thưởng năm 2026»."""
    subject = re.sub(r"^Kế hoạch\s+", "", clean_line(plan.title))
    number = f" số {plan.number}" if plan.number else ""
    return f"Kế hoạch{number} ngày {formal_day(plan.issued)} của {plan.issuer} về {within_sentence(subject)}"


def cite_laws(texts: Iterable[LegalText]) -> tuple[str, ...]:
    """Return the texts as bases of a paper name them: laws by name, all others by number."""
    return tuple(_cite(text) for text in texts)


def _cite(text: LegalText) -> str:
    match text.kind:
        case TextKind.LAW:
            return text.name
        case TextKind.DECREE:
            return f"Nghị định số {text.number}"
        case TextKind.CIRCULAR:
            return f"Thông tư số {text.number}"
