"""Hostile files are refused within the limits that the reading process itself measures, and the next file is read."""

from pathlib import Path

import pytest

from domain.errors import Refusal
from tests.support import bombs, files
from tests.support.papers import pictures
from tests.support.papers.reading_cost import Make, costs_of
from uploads.paper_checks import check_paper_bounded

pytestmark = pytest.mark.long

REFUSED: dict[str, tuple[str, Make, str]] = {
    "a zip bomb": ("bảng.xlsx", bombs.unpacking, "file-too-heavy"),
    "an XML bomb": ("báo cáo.docx", bombs.laughing_docx, "file-too-heavy"),
    "an XML bomb in a sheet": ("bảng.xlsx", bombs.laughing, "file-too-heavy"),
    "a million pages": ("kế hoạch.pdf", bombs.paged_pdf, "pages-too-many"),
    "an endless drawing": ("kế hoạch.pdf", bombs.swelling_pdf, "file-too-heavy"),
    "a script": ("a.pdf", lambda: bombs.acting_pdf("/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "file-active"),
    "a script by name": (
        "a.pdf",
        lambda: bombs.acting_pdf("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>"),
        "file-active",
    ),
    "a program to launch": ("a.pdf", lambda: bombs.acting_pdf("/OpenAction<</S/Launch/F(a.exe)>>"), "file-active"),
    "a file inside": (
        "a.pdf",
        lambda: bombs.acting_pdf("/Names<</EmbeddedFiles<</Names[(a.exe) 4 0 R]>>>>"),
        "file-with-files",
    ),
    "a PDF that is an archive": ("a.pdf", lambda: files.pdf(1) + files.archive({"a.exe": "MZ"}), "file-of-two-kinds"),
    "a picture that is a PDF": ("a.gif", lambda: b"GIF89a" + files.pdf(1), "file-of-two-kinds"),
    "a photo that is an archive": ("a.jpg", lambda: files.jpg() + files.archive({"a": "b"}), "file-of-two-kinds"),
    "a PDF cut off": ("a.pdf", lambda: files.pdf(40)[:-3], "file-cut-off"),
    "a Word file cut off": ("a.docx", lambda: files.docx()[:-60], "file-broken"),
    "a program called PDF": ("Tờ trình.pdf", files.program, "file-is-program"),
    "a page called photo": ("ảnh.jpg", lambda: b"<html><script>1</script></html>", "file-foreign"),
    "a drawing called photo": ("ảnh.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "file-foreign"),
    "a wide PNG": ("ảnh.png", lambda: bombs.wide_png(30_000), "picture-too-large"),
    "a wide photo": ("ảnh.jpg", lambda: bombs.wide_jpeg(60_000), "picture-too-large"),
    "a wide iPhone photo": ("ảnh.heic", lambda: bombs.wide_heic(60_000), "picture-too-large"),
    "an iPhone photo that lies": ("ảnh.heic", lambda: bombs.wide_heic(6_000), "file-broken"),
}


COSTLY: dict[str, tuple[str, Make]] = {
    "forms in forms": ("a.pdf", bombs.calling_pdf),
    "pages that are not stated": ("a.pdf", lambda: bombs.paged_pdf(states=3)),
    "a large picture": ("a.pdf", lambda: bombs.spread_pdf(5_700)),
    "a huge picture": ("a.pdf", lambda: bombs.spread_pdf(30_000)),
    "a large PNG": ("a.png", lambda: bombs.wide_png(5_000)),
    "a long scan": ("a.pdf", lambda: pictures.scanned(*[pictures.page("dense", height=2000)] * 40)),
}


# Each test reads all its files: what a module kept for several tests would be made by every worker.
def test_hostile_files_are_refused_with_the_reason_within_the_limits(tmp_path: Path) -> None:
    costs = costs_of({title: (name, make) for title, (name, make, _) in REFUSED.items()}, tmp_path)

    assert {title: cost.code for title, cost in costs.items()} == {title: code for title, (*_, code) in REFUSED.items()}
    assert {title: cost for title, cost in costs.items() if cost.is_high or not cost.seconds} == {}


def test_no_costly_file_costs_more_than_the_limits(tmp_path: Path) -> None:
    costs = costs_of(COSTLY, tmp_path)

    assert {title: cost for title, cost in costs.items() if cost.is_high or not cost.seconds} == {}


def test_next_file_is_read_after_a_hostile_one() -> None:
    with pytest.raises(Refusal):
        check_paper_bounded("bom.pdf", bombs.swelling_pdf())

    assert check_paper_bounded("tờ trình.pdf", files.pdf(3)).upload.pages == 3
