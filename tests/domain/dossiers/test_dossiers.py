import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dossiers.dossiers import (
    LONGEST_FILE_NAME,
    LONGEST_NOMINEE,
    MOST_NOMINEES,
    ChecklistItem,
    checklist_items,
    document_items,
    own_subject,
    read_nominees,
    refuse_size,
    tidy_name,
)
from domain.errors import Refusal
from domain.plans.plans import AwardForm, Requirement, SubjectKind
from domain.units import UnitKind
from tests.support.refusals import refused

EVERYBODY = tuple(SubjectKind)
AWARD = AwardForm(
    code="bang-khen",
    name="Bằng khen",
    subjects=EVERYBODY,
    source="PLANS.md S1",
    requirements=(
        Requirement("to-trinh", "Tờ trình", EVERYBODY, "S1 L113"),
        Requirement("bao-cao", "Báo cáo thành tích", EVERYBODY, "S0 L178", per_nominee=True),
        Requirement("thue", "Xác nhận nghĩa vụ thuế", (SubjectKind.ENTERPRISE,), "S1 L117"),
    ),
)


@pytest.mark.parametrize(
    ("subject", "proposer", "asked"),
    [
        (SubjectKind.COLLECTIVE, UnitKind.COMMUNE, False),
        (SubjectKind.INDIVIDUAL, UnitKind.ENTERPRISE, False),
        (SubjectKind.ENTERPRISE, UnitKind.COMMUNE, True),
        (SubjectKind.HEAD, UnitKind.COMMUNE, False),
        (SubjectKind.HEAD, UnitKind.ENTERPRISE, True),
    ],
)
def test_tax_is_confirmed_by_enterprises_and_their_heads(subject: SubjectKind, proposer: UnitKind, asked: bool) -> None:
    needs = checklist_items(AWARD, subject=subject, nominees=("Một tên",), proposer=proposer)

    assert ("thue" in {need.key for need in needs}) is asked


def test_each_of_several_nominees_has_a_report_of_their_own() -> None:
    needs = checklist_items(
        AWARD, subject=SubjectKind.INDIVIDUAL, nominees=("Người A", "Người B"), proposer=UnitKind.COMMUNE
    )

    assert needs == (
        ChecklistItem("to-trinh", "Tờ trình"),
        ChecklistItem("bao-cao#1", "Báo cáo thành tích: Người A"),
        ChecklistItem("bao-cao#2", "Báo cáo thành tích: Người B"),
    )


def test_the_document_of_a_duty_is_the_plans_paper_of_its_code() -> None:
    papers = (
        Requirement("ke-hoach", "Kế hoạch của đơn vị", EVERYBODY, "S4 L142"),
        Requirement("khac", "Khác", EVERYBODY, "-"),
    )

    assert document_items(papers, code="ke-hoach", title="Kế hoạch") == (
        ChecklistItem("ke-hoach", "Kế hoạch của đơn vị"),
    )


def test_a_document_the_plan_does_not_name_goes_by_the_duty() -> None:
    assert document_items((), code="chuyen-de", title="Đăng ký chuyên đề") == (
        ChecklistItem("chuyen-de", "Đăng ký chuyên đề"),
    )


@pytest.mark.parametrize("kind", UnitKind)
def test_only_an_enterprise_proposes_itself_as_an_enterprise(kind: UnitKind) -> None:
    assert (own_subject(kind) is SubjectKind.ENTERPRISE) is (kind is UnitKind.ENTERPRISE)


def test_names_are_read_a_line_each_and_once() -> None:
    assert read_nominees("  Tổ   Một \n\nTổ Hai\nTổ Một") == ("Tổ Một", "Tổ Hai")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lê Thị Hòa\n" + unicodedata.normalize("NFD", "Lê Thị Hòa"), ("Lê Thị Hòa",)),
        ("Lê\u200b Thị\u200bHòa", ("Lê ThịHòa",)),
        ("Nguyễn\u200b\xa0Văn\u2003An\u200e", ("Nguyễn Văn An",)),
        ("Lê Thị Hoà\nLÊ THỊ HÒA\nLê Thị Hoa", ("Lê Thị Hoà", "Lê Thị Hoa")),
        ("1. Lê An\n2) Lê Ba\n- Lê Tư\n10. Tổ 1", ("Lê An", "Lê Ba", "Lê Tư", "Tổ 1")),
        ("Lê An\rLê Ba\u2028Lê Tư", ("Lê An", "Lê Ba", "Lê Tư")),
    ],
)
def test_one_name_is_one_however_it_is_typed(text: str, names: tuple[str, ...]) -> None:
    assert read_nominees(text) == names


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "12345", "…", "A" * (LONGEST_NOMINEE + 1), "\n".join(f"Tổ {n}" for n in range(MOST_NOMINEES + 1))],
)
def test_what_is_no_list_of_names_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_nominees(text)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "file-empty"),
        (20 * 1024 * 1024 + 1, "file-too-large"),
        (25 * 1024 * 1024, "file-too-large"),
    ],
)
def test_files_that_cannot_be_kept_are_refused_by_size(size: int, said: str) -> None:
    with refused(said):
        refuse_size(size)


@pytest.mark.parametrize("size", [1, 20 * 1024 * 1024])
def test_files_up_to_the_largest_are_taken(size: int) -> None:
    refuse_size(size)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Tờ trình.pdf", "Tờ trình.pdf"),
        ("TO TRINH.PDF", "TO TRINH.PDF"),
        ("Báo cáo 12.5", "Báo cáo 12.5.pdf"),
        ("x.hta", "x.hta.pdf"),
        ("../../etc/passwd", "..-..-etc-passwd.pdf"),
        ("b\u202efdp.exe", "bfdp.exe.pdf"),
        ("hai\ndòng.pdf", "hai dòng.pdf"),
        ("\u0302.pdf".replace("\u0302", "e\u0302"), "ê.pdf"),
        (".pdf", "Tệp.pdf"),
        ("", "Tệp.pdf"),
    ],
)
def test_a_file_is_kept_under_a_plain_name(given_name: str, kept: str) -> None:
    assert tidy_name(given_name, endings=(".pdf",)) == kept


@given(st.text())
def test_whatever_it_was_called_a_file_has_a_printable_name_with_its_ending(name: str) -> None:
    kept = tidy_name(name, endings=(".jpg", ".jpeg"))

    assert kept.isprintable()
    assert kept.lower().endswith((".jpg", ".jpeg"))
    assert len(kept) <= LONGEST_FILE_NAME
    assert not set(kept) & set("/\\")
