import pytest

from domain.dossiers.standard_names import number_name, standard_stem


@pytest.mark.parametrize(
    ("paper", "unit", "stem"),
    [
        ("Tờ trình", "Phường 5", "TTr_PHUONG-5_2026"),
        ("Biên bản họp Hội đồng", "UBND xã Tân An", "BB_UBND-XA-TAN-AN_2026"),
        ("Báo cáo thành tích, có xác nhận: Tổ 5", "Đặc khu Côn Đảo", "BC_DAC-KHU-CON-DAO_2026"),
        ("Quyết định công nhận", "Sở Nội vụ", "QD_SO-NOI-VU_2026"),
        ("Văn bản đề nghị", "Phường 5", "CV_PHUONG-5_2026"),
        ("Tài liệu chứng minh sáng kiến", "Phường 5", "Tai-lieu-chung-minh_PHUONG-5_2026"),
        ("???", "Phường 5", "Tep_PHUONG-5_2026"),
        ("Kế hoạch", "Trường " + "rất dài " * 20, "KH_TRUONG-RAT-DAI-RAT-DAI-RAT-DAI-RAT-DAI-R_2026"),
    ],
)
def test_kind_unit_and_year_are_named(paper: str, unit: str, stem: str) -> None:
    assert standard_stem(paper, unit_name=unit, year=2026) == stem


def test_second_one_of_a_name_is_numbered() -> None:
    assert number_name("BC_A_2026", ending=".pdf", before=["TTr_A_2026"]) == "BC_A_2026.pdf"
    assert number_name("BC_A_2026", ending=".docx", before=["BC_A_2026", "TTr_A_2026"]) == "BC_A_2026_2.docx"
