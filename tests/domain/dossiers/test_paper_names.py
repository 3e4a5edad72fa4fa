"""File names as officers write them, and the paper that each of them is."""

import unicodedata

import pytest

from domain.dossiers.paper_names import Place, Placing, named_places, place_file

PLACES = (
    Place("to-trinh", "Tờ trình đề nghị khen thưởng", is_open=True),
    Place("bien-ban", "Biên bản họp Hội đồng Thi đua - Khen thưởng của cơ quan, đơn vị", is_open=True),
    Place("bao-cao", "Báo cáo thành tích (Mẫu số 8, Phụ lục 1, Nghị định 98/2023/NĐ-CP)", is_open=True),
    Place("chung-minh", "Văn bản, tài liệu chứng minh mô hình, sáng kiến, giải pháp", is_open=True),
    Place("xac-nhan-thue", "Văn bản xác nhận hoàn thành nghĩa vụ thuế", is_open=True),
)
OF_TWO = (
    Place("to-trinh", "Tờ trình", is_open=True),
    Place("bao-cao#1", "Báo cáo thành tích: Nguyễn Văn An", is_open=True),
    Place("bao-cao#2", "Báo cáo thành tích: Trần Thị Bình", is_open=True),
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("to-trinh.pdf", "to-trinh"),
        ("Tờ trình số 5.docx", "to-trinh"),
        (unicodedata.normalize("NFD", "Tờ trình số 5.docx"), "to-trinh"),
        ("TO TRINH.PDF", "to-trinh"),
        ("TTr_PHUONG-5_2026.pdf", "to-trinh"),
        ("05-TTr-UBND.pdf", "to-trinh"),
        ("ToTrinhPhuong5.pdf", "to-trinh"),
        ("bien-ban.pdf", "bien-ban"),
        ("BBHop.pdf", "bien-ban"),
        ("bbhop.pdf", "bien-ban"),
        ("BB_HOP_HOI_DONG.pdf", "bien-ban"),
        ("bienbanhop.pdf", "bien-ban"),
        ("bao cao thanh tich.docx", "bao-cao"),
        ("BCTT phường 5.docx", "bao-cao"),
        ("bc.docx", "bao-cao"),
        ("Đây là báo cáo thành tích ạ", "bao-cao"),
        ("minh chứng.pdf", "chung-minh"),
        ("SangKien2026.pdf", "chung-minh"),
        ("xac_nhan_thue.pdf", "xac-nhan-thue"),
    ],
)
def test_name_tells_the_paper(name: str, key: str) -> None:
    assert named_places([name], PLACES) == (key,)


@pytest.mark.parametrize("name", ["scan0001.pdf", "tep 1.pdf", "Phường 5.docx", "IMG_2026.jpg", "", "số 12.pdf"])
def test_name_that_says_nothing_names_no_paper(name: str) -> None:
    assert named_places([name], PLACES) == ()


@pytest.mark.parametrize(
    ("words", "awaited", "is_chosen", "placing"),
    [
        (["scan.pdf"], "to-trinh", False, Placing("to-trinh")),
        (["to-trinh.pdf"], "to-trinh", False, Placing("to-trinh")),
        (["bien-ban.pdf"], "to-trinh", False, Placing("bien-ban", is_by_name=True)),
        (["scan.pdf", "biên bản họp"], "to-trinh", False, Placing("bien-ban", is_by_name=True)),
        (["bien-ban.pdf"], "to-trinh", True, Placing(None, ("bien-ban", "to-trinh"))),
        (["to-trinh.pdf", "biên bản họp"], "to-trinh", False, Placing(None, ("to-trinh", "bien-ban"))),
        (["bien-ban-kem-bao-cao.pdf"], "to-trinh", False, Placing(None, ("bien-ban", "bao-cao", "to-trinh"))),
    ],
)
def test_clear_name_is_followed_and_doubt_is_asked(
    words: list[str], awaited: str, is_chosen: bool, placing: Placing
) -> None:
    assert place_file(words, PLACES, awaited=awaited, is_chosen=is_chosen) == placing


def test_name_of_a_filled_place_is_asked_about() -> None:
    places = (Place("to-trinh", "Tờ trình", is_open=False), Place("bien-ban", "Biên bản", is_open=True))

    placing = place_file(["to-trinh-2.pdf"], places, awaited="bien-ban", is_chosen=False)

    assert placing == Placing(None, ("to-trinh", "bien-ban"))


@pytest.mark.parametrize(
    ("name", "placing"),
    [
        ("BCTT Trần Thị Bình.pdf", Placing("bao-cao#2", is_by_name=True)),
        ("nguyen van an.pdf", Placing("bao-cao#1", is_by_name=True)),
        ("BCTT.pdf", Placing(None, ("bao-cao#1", "bao-cao#2", "to-trinh"))),
        ("Tờ trình khen Nguyễn Văn An.pdf", Placing("to-trinh")),
    ],
)
def test_reports_of_several_nominees_are_told_apart_by_their_names(name: str, placing: Placing) -> None:
    assert place_file([name], OF_TWO, awaited="to-trinh", is_chosen=False) == placing
