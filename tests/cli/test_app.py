"""Every command but those that run until stopped (tests/e2e); no network."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli.app import app
from domain.calendar import VIETNAM
from tests.cli.commands import Thidua, refused
from tests.support.environment import without_settings

PLAN = Path("plans/texts/mau-2026.yaml")
FIELDS = [
    "plan",
    "code",
    "kind",
    "title",
    "applies_to",
    "wording",
    "boundary",
    "opens",
    "last_valid_day",
    "last_working_day",
    "recurs",
    "via",
    "source",
    "period",
    "bearer",
    "who",
    "time_of_day",
    "event",
]
# Written by hand from the plan: 31/1/2026 is a Saturday, 29/3 a Sunday, 14/5 a Thursday, 14/11 and 19/12 Saturdays.
DATES_2026 = [
    ("ke-hoach", "PLAN", "WINDOW", "2026-01-01", "2026-01-31", "2026-01-30"),
    ("giao-uoc", "PLEDGE", "EXCLUSIVE", "2026-01-01", "2026-03-29", "2026-03-27"),
    ("bao-cao-6-thang", "REPORT", "EXCLUSIVE", "2026-04-01", "2026-05-14", "2026-05-14"),
    ("bao-cao-nam", "REPORT", "EXCLUSIVE", "2026-10-01", "2026-11-14", "2026-11-13"),
    ("ho-so", "DOSSIER", "EXCLUSIVE", "2026-11-01", "2026-12-19", "2026-12-18"),
]
UNITS = [
    ("tinh-mau", "UBND tỉnh Mẫu", "UBND, cơ quan chủ quản", None, "Sở Nội vụ"),
    ("phuong-5", "Phường 5", "Xã, phường, đặc khu", "tinh-mau", None),
]


@pytest.fixture
def thidua(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thidua:
    """Types a command on a machine where nothing is kept yet."""
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "data"))
    return lambda *command: CliRunner().invoke(app, command)


@pytest.fixture
def founded(thidua: Thidua, tmp_path: Path) -> Thidua:
    """The same, with a commune and one unit."""
    file = tmp_path / "don-vi.xlsx"
    thidua("units", "template", str(file))
    book = load_workbook(file)
    for row in UNITS:
        book["Đơn vị"].append(row)
    book.save(file)
    assert thidua("units", "import", str(file)).exit_code == 0
    return thidua


def test_deadlines_as_json_have_these_fields_and_dates(thidua: Thidua) -> None:
    result = thidua("deadlines", "--year", "2026", "--json", "--plan", "mau-2026")

    found = json.loads(result.stdout)
    assert [list(row) for row in found] == [FIELDS] * 5
    keys = ("code", "kind", "boundary", "opens", "last_valid_day", "last_working_day")
    assert [tuple(row[key] for key in keys) for row in found] == DATES_2026


def test_a_deadline_quotes_the_plan_and_its_source(thidua: Thidua) -> None:
    found = json.loads(thidua("deadlines", "--year", "2026", "--json").stdout)

    report = next(row for row in found if (row["plan"], row["code"]) == ("mau-2026", "bao-cao-6-thang"))
    assert report["title"] == "Báo cáo 6 tháng"
    assert report["applies_to"][:3] == ["DEPARTMENT", "PUBLIC_SERVICE", "COMMUNE"]
    assert report["wording"] == "trước ngày 15/5"
    assert report["recurs"] is True
    assert report["via"] == "Sở Nội vụ"
    assert report["source"] == "004_fd7fbfe3888849cc.txt L144 (PLANS.md D01)"


def test_deadlines_can_be_read_by_people(thidua: Thidua) -> None:
    lines = thidua("deadlines", "--year", "2026", "--plan", "mau-2026").stdout.splitlines()

    assert lines[2].startswith(
        "14/05/2026  mau-2026  Báo cáo 6 tháng («trước ngày 15/5») · kỳ: 6 tháng đầu năm 2026 · Phòng, ban, ngành; "
    )
    assert lines[2].endswith("Doanh nghiệp, hợp tác xã, qua Sở Nội vụ")


def test_rules_without_a_day_come_last(thidua: Thidua) -> None:
    rows = json.loads(thidua("deadlines", "--year", "2026", "--json", "--plan", "nd-86-2023").stdout)
    lines = thidua("deadlines", "--year", "2026", "--plan", "nd-86-2023").stdout.splitlines()

    assert [row["last_valid_day"] for row in rows] == ["2026-11-24"] * 3 + [None] * 7
    assert [row["event"] for row in rows[-1:]] == ["ngày ký quyết định tặng danh hiệu"]
    assert lines[3] == "Không ghi ngày:"
    assert lines[-1].endswith("· theo ngày ký quyết định tặng danh hiệu, chưa đặt · Cơ quan thường trực")


def test_deadlines_of_the_database_are_those_of_the_plans_loaded(founded: Thidua) -> None:
    before = founded("deadlines", "--year", "2026", "--database").stdout.strip()
    founded("plans", "load", str(PLAN), "--authority", UNITS[0][0])

    rows = json.loads(founded("deadlines", "--year", "2026", "--database", "--json").stdout)

    assert before == ""
    assert [(row["plan"], row["code"], row["last_valid_day"]) for row in rows][-1:] == [
        ("mau-2026", "ho-so", "2026-12-19"),
    ]


def test_before_its_first_year_a_plan_has_no_deadlines(thidua: Thidua) -> None:
    assert json.loads(thidua("deadlines", "--year", "2025", "--json", "--plan", "mau-2026").stdout) == []


def test_an_unknown_plan_is_refused_with_the_known_ones(thidua: Thidua) -> None:
    line = refused(thidua("deadlines", "--year", "2026", "--plan", "mau-1999", "--json"))

    assert line.startswith("Không có kế hoạch «mau-1999». Các kế hoạch: ")
    assert "mau-2026" in line


def test_a_good_plan_is_called_good(thidua: Thidua) -> None:
    result = thidua("plans", "check", str(PLAN))

    assert result.stdout == f"{PLAN}: đúng. Kế hoạch Công tác thi đua, khen thưởng năm 2026: 5 hạn, 15 chỉ tiêu.\n"


def test_a_broken_plan_is_refused_with_file_and_line(thidua: Thidua, tmp_path: Path) -> None:
    broken = tmp_path / "hong.yaml"
    lines = PLAN.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, start=1) if "due: 15/5" in line)
    lines[number - 1] = "    due: 32/5"
    broken.write_text("\n".join(lines), "utf-8")

    line = refused(thidua("plans", "check", str(broken)))

    assert line.startswith(f"{broken}:{number}: ngày «32/5»")


def test_each_fault_of_each_file_is_told_and_good_files_are_still_called_good(thidua: Thidua, tmp_path: Path) -> None:
    broken = tmp_path / "hong.yaml"
    broken.write_text(PLAN.read_text("utf-8").replace("due: 15/", "due: 32/"), "utf-8")
    missing = tmp_path / "khong-co.yaml"

    result = thidua("plans", "check", str(missing), str(broken), str(PLAN))

    assert result.exit_code == 1
    assert [line.split(": ")[1][:4] for line in result.stderr.splitlines()] == ["khôn", "ngày", "ngày"]
    assert result.stdout.startswith(f"{PLAN}: đúng.")


@pytest.mark.parametrize(("name", "content"), [("khong-co.yaml", None), ("anh.yaml", b"\xff\xfe\x00")])
def test_a_file_that_cannot_be_read_is_refused(
    thidua: Thidua, tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)

    assert refused(thidua("plans", "check", str(file))).startswith(f"{file}: không đọc được")


def test_a_plan_may_be_loaded_twice(founded: Thidua) -> None:
    command = ("plans", "load", str(PLAN), "--authority", "tinh-mau")

    first, again = founded(*command), founded(*command)

    title = "Kế hoạch Công tác thi đua, khen thưởng năm 2026"
    assert first.stdout.startswith(f"{PLAN}: đã áp dụng {title}, bản 1. ")
    assert again.stdout == f"{PLAN}: không có gì đổi, {title} bản 1 đang áp dụng.\n"


def test_a_plan_needs_a_known_authority(founded: Thidua) -> None:
    line = refused(founded("plans", "load", str(PLAN), "--authority", "xa-khac"))

    assert line == "Chưa có đơn vị mã «xa-khac». Anh/chị nhập danh sách đơn vị trước."


def test_a_new_plan_counts_from_today_unless_another_day_is_given(founded: Thidua) -> None:
    load = ("plans", "load", str(PLAN), "--authority", "tinh-mau")
    today = datetime.now(VIETNAM).date()

    first = founded(*load).stdout.splitlines()[0]
    other = founded(*load, "--from", f"1/1/{today.year}").stdout.splitlines()[0]

    assert first.endswith(f"1/1 đơn vị có việc. Tính từ ngày {today:%d/%m/%Y}.")
    assert other.endswith(f"bản 2. 1/1 đơn vị có việc. Tính từ ngày 01/01/{today.year}.")


@pytest.mark.parametrize(
    ("day", "words"),
    [("mai mốt", "Bot chưa đọc được ngày «mai mốt»"), ("31/4", "31/4"), ("1/1/2099", "xa quá một năm")],
)
def test_a_first_day_that_is_none_is_refused_and_nothing_is_loaded(founded: Thidua, day: str, words: str) -> None:
    line = refused(founded("plans", "load", str(PLAN), "--authority", "tinh-mau", "--from", day))

    assert words in line
    assert founded("plans", "list").stdout.startswith("Chưa nạp kế hoạch nào.")


def test_loaded_plans_are_listed_shown_ended_and_brought_back(founded: Thidua) -> None:
    founded("plans", "load", str(PLAN), "--authority", "tinh-mau")

    listed, shown = founded("plans", "list").stdout, founded("plans", "show", "mau-2026").stdout
    ended, after = founded("plans", "end", "mau-2026").stdout, founded("plans", "list").stdout
    again = refused(founded("plans", "end", "mau-2026"))
    back, at_last = founded("plans", "end", "mau-2026", "--undo").stdout, founded("plans", "list").stdout

    title = "Kế hoạch Công tác thi đua, khen thưởng năm 2026"
    assert listed.startswith(f"mau-2026 · {title} · UBND tỉnh Mẫu · bản 1 · tính từ ngày ")
    assert "1/1 đơn vị có việc" in listed
    assert shown.startswith(title)
    assert "Hồ sơ" in shown
    assert ended.startswith(f"{title}: đã kết thúc.")
    assert "đã kết thúc ngày" in after
    assert again == "Kế hoạch «mau-2026» đã kết thúc từ trước."
    assert back.startswith(f"{title}: áp dụng lại.")
    assert "đã kết thúc" not in at_last


@pytest.mark.parametrize("command", ["show", "end"])
def test_a_plan_that_is_not_loaded_is_refused(founded: Thidua, command: str) -> None:
    assert refused(founded("plans", command, "mau-1999")).startswith("Kế hoạch «mau-1999» chưa được nạp.")


def test_of_several_plans_a_broken_one_keeps_all_from_being_loaded(founded: Thidua, tmp_path: Path) -> None:
    broken = tmp_path / "hong.yaml"
    broken.write_text(PLAN.read_text("utf-8").replace("due: 31/1", "due: 32/1"), "utf-8")

    result = founded("plans", "load", str(PLAN), str(broken), "--authority", "tinh-mau")

    assert refused(result).startswith(f"{broken}:19: ")


def test_migrating_twice_changes_nothing(thidua: Thidua) -> None:
    first, again = thidua("migrate"), thidua("migrate")

    assert first.stdout == again.stdout == "Cơ sở dữ liệu đã ở bản mới nhất.\n"


def test_units_may_be_imported_twice(founded: Thidua, tmp_path: Path) -> None:
    again = founded("units", "import", str(tmp_path / "don-vi.xlsx"))

    assert again.stdout == "Đã nhập 0 đơn vị, 0 cụm, 0 cán bộ.\n"


def test_a_file_that_is_no_workbook_is_refused(thidua: Thidua) -> None:
    line = refused(thidua("units", "import", str(PLAN)))

    assert line == f"{PLAN}: Không mở được tệp. Tệp phải là Excel (.xlsx)."


def test_a_template_is_never_written_over_a_file_filled_in(founded: Thidua, tmp_path: Path) -> None:
    line = refused(founded("units", "template", str(tmp_path / "don-vi.xlsx")))

    assert "đã có" in line


def test_a_template_into_a_folder_that_is_not_there_is_refused(thidua: Thidua, tmp_path: Path) -> None:
    line = refused(thidua("units", "template", str(tmp_path / "khong-co" / "don-vi.xlsx")))

    assert "không ghi được" in line


@pytest.mark.parametrize("command", ["run", "bot", "scheduler"])
def test_without_a_token_nothing_runs_and_the_demo_is_named(thidua: Thidua, command: str) -> None:
    assert "thidua demo" in refused(thidua(command))


def test_without_a_token_there_is_no_link(founded: Thidua) -> None:
    line = refused(founded("invite", "--unit", "phuong-5", "--role", "OFFICER"))

    assert line.startswith("Chưa đặt THIDUA_TELEGRAM_TOKEN")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--host", "0.0.0.0"), "chỉ mở trên chính máy này"),  # noqa: S104 (to be refused)
        (("--at", "mai"), "chưa đúng ngày giờ. Ví dụ: --at 2026-05-05T08:00"),
        (("--at", "2026-02-30T08:00"), "chưa đúng ngày giờ"),
        (("--at", "0001-01-01T00:00"), "từ năm 2026"),
    ],
)
def test_what_the_demo_cannot_begin_with_is_refused(thidua: Thidua, more: tuple[str, ...], words: str) -> None:
    assert words in refused(thidua("demo", "--port", "0", *more))


def test_the_demo_refuses_a_real_token(thidua: Thidua, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_TELEGRAM_TOKEN", "4242:real")

    assert "THIDUA_TELEGRAM_TOKEN" in refused(thidua("demo", "--port", "0"))


def test_a_database_out_of_reach_is_refused_without_its_password(
    thidua: Thidua, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_DATABASE_URL", "postgresql+asyncpg://thidua:secret@127.0.0.1:1/thidua")

    line = refused(thidua("migrate"))

    assert line.startswith("Không mở được cơ sở dữ liệu postgresql+asyncpg://thidua:***@127.0.0.1:1/thidua")


def test_a_data_folder_that_cannot_be_made_is_refused(
    thidua: Thidua, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tệp").touch()
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "tệp" / "data"))

    assert refused(thidua("migrate")).startswith("Không ghi được vào THIDUA_DATA")
