"""Values of the templates' fields, from what a draft says."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from documents.official_papers.compiled_values import compiled_values
from documents.official_papers.fields import fields_of
from documents.official_papers.words import STANDINGS, SUBJECTS, ended, figure, signed
from domain.duties.due_hours import TimedDay, limit_words
from domain.duties.tallies import TallyPart
from domain.official_papers import UNKNOWN, PaperKind, formal_day, formal_moment
from usecases.official_papers.views import (
    ClusterPledgePaper,
    CompiledPaper,
    DossierReceiptPaper,
    LatePaper,
    LateUnit,
    NominationPaper,
    Paper,
    PaperFrame,
    PledgePaper,
    UnitReportPaper,
)

Values = dict[str, Any]
MOST_ADDRESSEES = 12
"""Most units that a letter names one by one; more of them are listed on a page of their own."""


def values_of(paper: Paper) -> Values:
    """Return a value for every field of the paper's template."""
    values = {field.name: field.nothing for field in fields_of(paper.frame.kind)}
    values |= _frame(paper.frame)
    values |= _WRITERS[type(paper)](paper)
    known = {field.name for field in fields_of(paper.frame.kind)}
    return {name: value for name, value in values.items() if name in known}


def _frame(frame: PaperFrame) -> Values:
    return {
        "du_thao": "DỰ THẢO",
        "co_quan": frame.issuer.name,
        "co_quan_cap_tren": frame.issuer.parent,
        "nam": str(frame.at.year),
        "ke_hoach": frame.plan,
        "can_cu": ended(frame.bases),
        "kinh_gui": frame.addressee,
        "viec": frame.task,
    }


def _unit_report(paper: UnitReportPaper) -> Values:
    report = paper.report
    without = [line for line in report.lines if line.value is None]
    return {
        "don_vi": paper.unit_name,
        "uoc_den": formal_day(report.estimate.as_of) if report.estimate else "",
        "chi_tieu": [
            {
                "tt": str(line.number),
                "ten": line.name,
                "dvt": line.uom,
                "giao_uoc": figure(line.target),
                "thuc_hien": figure(line.value),
                "dat": figure(line.achieved),
                "ky_truoc": figure(line.previous),
                "tang_giam": signed(line.change),
            }
            for line in report.lines
        ],
        "chua_co_so_lieu": ended([f"{line.name}: {line.reason or UNKNOWN}" for line in without]),
    }


def _pledge(paper: PledgePaper) -> Values:
    pledge = paper.pledge
    return {
        "don_vi": paper.unit_name,
        "nam_giao_uoc": str(paper.frame.year),
        "cum": paper.cluster_name,
        "phong_trao": ended([choice.name for choice in pledge.joins]),
        "danh_hieu": ended([choice.name for choice in pledge.strives_for]),
        "chi_tieu": [
            {"tt": str(line.number), "ten": line.name, "dvt": line.uom, "muc": figure(line.target)}
            for line in pledge.lines
        ],
    }


def _cluster_pledge(paper: ClusterPledgePaper) -> Values:
    return {
        "cum": paper.cluster_name,
        "nam_giao_uoc": str(paper.frame.year),
        "thanh_vien": [{"tt": str(number), "ten": name} for number, name in enumerate(paper.members, start=1)],
        "phong_trao": ended([f"{name} ({count} đơn vị đăng ký)" for name, count in paper.campaigns]),
        "chi_tieu": [
            {
                "tt": str(number),
                "ten": indicator.name,
                "dvt": indicator.uom,
                "muc": "; ".join(f"{name}: {target}" for name, target in indicator.targets),
            }
            for number, indicator in enumerate(paper.indicators, start=1)
        ],
        "chua_dang_ky": ", ".join(paper.missing),
    }


def _nominations(paper: NominationPaper) -> Values:
    counted = Counter((one.award, SUBJECTS[one.subject].lower()) for one in paper.nominees)
    by_award: dict[str, list[str]] = {}
    for (award, subject), number in counted.items():
        by_award.setdefault(award, []).append(f"{number:02} {subject}")
    return {
        "nam_khen_thuong": str(paper.frame.year),
        "so_ho_so": f"{paper.dossiers:02}",
        "don_vi_trinh": paper.office,
        "hoi_dong": paper.council,
        "tong_hop": ended([f"{award}: {', '.join(numbers)}" for award, numbers in by_award.items()]),
        "de_nghi": [
            {
                "tt": str(number),
                "ten": one.name,
                "doi_tuong": SUBJECTS[one.subject],
                "hinh_thuc": one.award,
                "don_vi": one.unit_name,
                "ma": one.receipt,
                "ghi_chu": "" if one.is_accepted else "Chưa tiếp nhận xong",
            }
            for number, one in enumerate(paper.nominees, start=1)
        ],
    }


def _dossier_receipt(paper: DossierReceiptPaper) -> Values:
    receipt = paper.receipt
    late = f"trong hạn gia hạn đến hết ngày {formal_day(receipt.extended_to)}" if receipt.extended_to else "nộp muộn"
    state = "cơ quan thường trực đã tiếp nhận" if paper.is_accepted else "đã nộp, đang được thẩm định"
    return {
        "ma": receipt.code,
        "don_vi": receipt.unit_name,
        "luc_nhan": formal_moment(receipt.at),
        "dung_han": "đúng hạn" if receipt.on_time else late,
        "hinh_thuc": paper.award,
        "de_nghi_cho": ended(paper.nominees),
        "can_cu_ap_dung": "; ".join(receipt.basis.names) if receipt.basis else "",
        "tinh_trang": "đã trả lại để bổ sung" if receipt.is_returned else state,
        "thanh_phan": [
            {"tt": str(number), "ten": name, "tep": file, "ma_tep": sha256[:12]}
            for number, (name, (file, sha256)) in enumerate(zip(receipt.papers, receipt.files, strict=True), start=1)
        ],
    }


def _at_latest(last: date) -> str:
    return f"{last.hour_words} ngày" if isinstance(last, TimedDay) else "chậm nhất ngày"


def _late(paper: LatePaper) -> Values:
    last = paper.last_valid_day
    day = formal_day(last) if last else ""
    is_long = len(paper.missing) > MOST_ADDRESSEES
    values: Values = {
        "tinh_den": formal_moment(paper.frame.at),
        "han": f"{limit_words(last)} {day}" if last else "",
        "cau_han": f", {_at_latest(last)} {day}" if last else "",
        "phai_nop": str(paper.owed),
        "da_nop": str(paper.handed_in),
        "so_chua_nop": str(len(paper.missing)),
        "so_nop_muon": str(len(paper.late)),
        "chua_nop": _units(paper.missing, "tinh_trang", missing_standing),
        "nop_muon": _units(paper.late, "ngay_nop", _handed_in_on),
        "noi_nhan_bao_cao": paper.office,
        "qua_han": "quá hạn" if paper.is_overdue else "",
        "kem_danh_sach": "kèm" if is_long else "",
    }
    if paper.frame.kind is PaperKind.REMINDER:
        names = [unit.line.name for unit in paper.missing]
        all_of_them = ["Các đơn vị có tên trong danh sách kèm theo."]
        values["kinh_gui"] = all_of_them if is_long else ended([f"- {name}" for name in names])
    return values


def _units(units: Iterable[LateUnit], column: str, words: Callable[[LateUnit], str]) -> list[Values]:
    return [
        {"tt": str(number), "ten": unit.line.name, "cum": unit.cluster_name, column: words(unit)}
        for number, unit in enumerate(units, start=1)
    ]


def missing_standing(unit: LateUnit) -> str:
    until = unit.line.extended_until
    return f"{STANDINGS[unit.line.part]}{f' đến hết ngày {formal_day(until)}' if until else ''}"


def _handed_in_on(unit: LateUnit) -> str:
    day = formal_day(unit.handed_in_on) if unit.handed_in_on else ""
    return f"{day} (trong hạn gia hạn)" if unit.line.part is TallyPart.IN_EXTENSION else day


_WRITERS: dict[type, Callable[[Any], Values]] = {
    UnitReportPaper: _unit_report,
    PledgePaper: _pledge,
    ClusterPledgePaper: _cluster_pledge,
    NominationPaper: _nominations,
    DossierReceiptPaper: _dossier_receipt,
    LatePaper: _late,
    CompiledPaper: compiled_values,
}
