"""`thidua papers`: templates listed, taken out, put back and dropped at the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from documents.official_papers.shipped import shipped_template
from domain.official_papers import PaperKind
from tests.cli.commands import Thidua, refused
from tests.support.environment import without_settings
from tests.support.founded import START, copy_founded
from tests.support.word import edited, words

LETTER = shipped_template(PaperKind.SUBMISSION_LETTER)


@pytest.fixture
async def thidua(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thidua:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "data"))
    await copy_founded(tmp_path / "data", at=START)
    return lambda *command: CliRunner().invoke(app, command)


@pytest.fixture
def template(thidua: Thidua) -> Thidua:
    return lambda *command: thidua("papers", "template", "to-trinh", *command, "--authority", "tinh-mau")


def test_a_template_is_taken_out_edited_put_back_and_dropped(thidua: Thidua, template: Thidua, tmp_path: Path) -> None:
    out, mine, again, last = (tmp_path / name for name in ("a.docx", "b.docx", "c.docx", "d.docx"))

    template(str(out))
    mine.write_bytes(edited(out.read_bytes(), "Lưu: VT", "Lưu: VT, TĐKT"))
    put = template(str(mine), "--put")
    template(str(again))
    listed = thidua("papers", "list", "--authority", "tinh-mau").stdout
    reset = thidua("papers", "reset", "to-trinh", "--authority", "tinh-mau")
    template(str(last))

    assert put.stdout == f"Đã nhận mẫu «Tờ trình» từ {mine}.\n"
    assert "Lưu: VT, TĐKT" in words(again.read_bytes())
    assert "to-trinh: Tờ trình · mẫu riêng của cơ quan\n" in listed
    assert "  de_nghi*: tập thể, cá nhân được đề nghị (tt, ten, doi_tuong," in listed
    assert reset.exit_code == 0
    assert last.read_bytes() == LETTER


def test_a_faulty_template_is_refused_by_its_field_and_the_old_one_stays(template: Thidua, tmp_path: Path) -> None:
    mine, faulty, again = (tmp_path / name for name in ("a.docx", "b.docx", "c.docx"))
    mine.write_bytes(edited(LETTER, "Lưu: VT", "Lưu: VT, TĐKT"))
    template(str(mine), "--put")
    faulty.write_bytes(edited(LETTER, "{{ kinh_gui }}", "{{ noi_gui }}"))

    line = refused(template(str(faulty), "--put"))

    template(str(again))
    assert line.startswith("Mẫu có trường không có trong văn bản này: noi_gui")
    assert again.read_bytes() == mine.read_bytes()


def test_what_cannot_be_done_is_said_in_one_line(thidua: Thidua, template: Thidua, tmp_path: Path) -> None:
    there = tmp_path / "a.docx"
    there.write_bytes(LETTER)

    assert "Các mẫu: bao-cao-tong-hop" in refused(thidua("papers", "template", "giay-moi", str(there)))
    assert "đã có" in refused(template(str(there)))
    assert "--authority" in refused(thidua("papers", "template", "to-trinh", str(there), "--put"))
    assert "không đọc được" in refused(template(str(tmp_path / "khong-co.docx"), "--put"))


def test_the_compiled_report_is_drafted_from_the_offices_template(thidua: Thidua, tmp_path: Path) -> None:
    kind, mine, draft = PaperKind.COMPILED_REPORT, tmp_path / "mau.docx", tmp_path / "bao-cao.docx"
    mine.write_bytes(edited(shipped_template(kind), "Lưu: VT", "Lưu: VT, TĐKT"))
    thidua("papers", "template", kind, str(mine), "--put", "--authority", "tinh-mau")
    duty = ("--plan", "mau-2026", "--duty", "bao-cao-6-thang", "--year", "2026")

    drafted = thidua("compile", *duty, "--docx", str(draft))
    twice = thidua("compile", *duty, "--docx", str(draft), "--json")

    assert drafted.stdout == f"Đã ghi Báo cáo 6 tháng 2026, đã nộp 0/12, vào {draft}.\n"
    assert "Lưu: VT, TĐKT" in words(draft.read_bytes())
    assert "một dạng" in refused(twice)
