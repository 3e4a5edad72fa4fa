"""Papers are looked at: a finding for each thing that a reviewer would send back, a refusal for what is no paper."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from domain.dossiers.paper_checks import Finding, FindingKind
from domain.dossiers.secrecy import SecretMark
from tests.support import files
from tests.support.papers import pictures
from tests.support.refusals import refused
from uploads.paper_checks import check_paper, check_paper_bounded


@cache
def sharp() -> Image.Image:
    return pictures.page("dense")


@cache
def soft() -> Image.Image:
    return pictures.blurred(sharp(), 3)


@cache
def blank() -> Image.Image:
    return pictures.page("blank")


@pytest.mark.parametrize(
    ("name", "make", "findings"),
    [
        ("a.pdf", lambda: files.pdf(3), ()),
        ("a.pdf", lambda: files.blank_pdf(2), (Finding(FindingKind.BLANK, (1, 2)),)),
        ("a.pdf", lambda: pictures.scanned(sharp(), sharp()), ()),
        (
            "a.pdf",
            lambda: pictures.scanned(sharp(), blank(), soft(), soft()),
            (Finding(FindingKind.BLANK, (2,)), Finding(FindingKind.BLURRED, (3, 4))),
        ),
        ("a.pdf", lambda: pictures.scanned(sharp().resize((500, 707))), (Finding(FindingKind.COARSE, (1,)),)),
        ("a.jpg", lambda: pictures.photo(sharp()), ()),
        ("a.jpg", lambda: pictures.photo(sharp(), side=860), (Finding(FindingKind.COARSE, (1,)),)),
        ("a.png", lambda: pictures.photo(soft(), kind="PNG"), (Finding(FindingKind.BLURRED, (1,)),)),
        ("a.webp", lambda: pictures.photo(blank(), kind="WEBP"), (Finding(FindingKind.BLANK, (1,)),)),
        ("a.tif", lambda: pictures.saved(sharp().convert("1"), "TIFF"), ()),
        ("a.heic", files.heic, ()),
        ("a.docx", lambda: files.docx(files.paragraph("Báo cáo")), ()),
        ("a.docx", lambda: files.docx(files.paragraph(" ")), (Finding(FindingKind.BLANK),)),
        ("a.xlsx", files.xlsx, ()),
        ("a.doc", lambda: files.old_office("WordDocument"), ()),
    ],
)
def test_what_is_found_names_the_pages(
    name: str, make: Callable[[], bytes], findings: tuple[Finding, ...], tmp_path: Path
) -> None:
    content, path = make(), tmp_path / name
    path.write_bytes(content)

    assert check_paper(name, content).findings == findings
    assert check_paper(name, path).findings == findings


def test_text_of_the_first_pages_comes_back() -> None:
    word = files.docx(files.paragraph("ỦY BAN NHÂN DÂN PHƯỜNG 5"))

    assert "PHƯỜNG 5" in check_paper_bounded("a.docx", word).text
    assert "NĂM 2026" in check_paper_bounded("a.pdf", files.written_pdf((80, 700, "NĂM 2026"))).text
    assert check_paper_bounded("a.jpg", files.jpg()).text == ""


@pytest.mark.parametrize("gap", ['<w:br w:type="page"/>', "<w:lastRenderedPageBreak/>"])
def test_mark_at_the_head_of_a_further_page_of_a_word_file_is_found(gap: str) -> None:
    first = files.paragraph("Báo cáo " * 600)
    content = files.docx(f"{first}<w:p><w:r>{gap}</w:r></w:p>{files.paragraph('MẬT')}{files.paragraph('QUYẾT ĐỊNH')}")

    with pytest.raises(SecretMark):
        check_paper("a.docx", content)


def test_mark_at_the_head_of_a_further_page_of_a_pdf_is_found() -> None:
    marked = files.written_pdf((80, 760, "Số: 12/QĐ-UBND"), (80, 700, "MẬT"), (80, 300, "QUYẾT ĐỊNH"))
    below = files.written_pdf((80, 760, "Danh mục"), (80, 300, "MẬT"))

    with pytest.raises(SecretMark):
        check_paper("a.pdf", files.bundle(files.pdf(1), marked))
    assert check_paper("a.pdf", files.bundle(files.pdf(1), below)).findings == ()


@pytest.mark.parametrize(
    "make",
    [
        lambda: pictures.photo(sharp())[:-4000],
        lambda: pictures.photo(sharp(), kind="PNG")[:-4000],
        lambda: files.heic()[:-500],
        lambda: files.webp()[:-400],
    ],
    ids=["JPEG", "PNG", "HEIC", "WebP"],
)
def test_picture_that_is_cut_off_is_refused(make: Callable[[], bytes]) -> None:
    content = make()

    with refused("file-broken"):
        check_paper_bounded("ảnh", content)


def test_mark_behind_more_scans_than_there_is_time_to_look_at_is_found() -> None:
    marked = files.written_pdf((80, 760, "Số: 12/QĐ-UBND"), (80, 700, "MẬT"), (80, 300, "QUYẾT ĐỊNH"))
    scans = pictures.scanned(*[pictures.page("dense", height=2000)] * 40)

    with pytest.raises(SecretMark):
        check_paper("a.pdf", files.bundle(scans, marked))


def test_turned_photo_is_looked_at_upright() -> None:
    turned = pictures.photo(sharp().rotate(90, expand=True), turned=6)

    assert check_paper("a.jpg", turned).findings == ()
