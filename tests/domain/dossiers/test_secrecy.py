"""Stamps that must be found, and ordinary words that must not be taken for one."""

import unicodedata

import pytest

from domain.dossiers.secrecy import SecretMark, mark_of_page, mark_of_words, refuse_marked_page, refuse_marked_words

HEADING = "UBND XÃ MẪU{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 05/TTr-UBND\n"


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("MẬT", "MẬT"),
        ("UBND XÃ MẪU\nMẬT\nTỜ TRÌNH", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("M ẬT", "MẬT"),
        ("M  Ậ  T", "MẬT"),
        ("[MẬT]", "MẬT"),
        ("- MẬT -", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TỐI  MẬT", "TỐI MẬT"),
        ("T Ố I  M Ậ T", "TỐI MẬT"),
        ("T Ố I M Ậ T", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("TUYỆT\xa0MẬT", "TUYỆT MẬT"),
        ("Số: 05/BC-UBND      TUYỆT MẬT", "TUYỆT MẬT"),
        ("TỐI\nMẬT", "MẬT"),
        ("UBND XÃ MẪU\tMẬT\tĐộc lập", "MẬT"),
        ("MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẬT"),
        ("MẬT Độc lập - Tự do - Hạnh phúc", "MẬT"),
        ("MẬT Long Khánh, ngày 05 tháng 01 năm 2026", "MẬT"),
        ("Số: 12/BC-UBND MẬT", "MẬT"),
        ("Số: 12/MẬT", "MẬT"),
        ("Số:     /BC-MẬT", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Độ mật: MẬT", "MẬT"),
        (HEADING.format(gap="   ") + "MẬT", "MẬT"),
        (unicodedata.normalize("NFD", "TỐI MẬT"), "TỐI MẬT"),
        (unicodedata.normalize("NFD", "M Ậ T"), "MẬT"),
        ("MAÄT", "MẬT"),
        (unicodedata.normalize("NFD", "MAÄT"), "MẬT"),
        ("UBND XAÕ MAÃU\nTOÁI MAÄT\nTÔØ TRÌNH", "TỐI MẬT"),
        ("TUYEÄT MAÄT", "TUYỆT MẬT"),
        ("M AÄ T", "MẬT"),
        ("MËT", "MẬT"),
        ("mËt", "MẬT"),
        ("TèI MËT", "TỐI MẬT"),
        ("tèi mËt", "TỐI MẬT"),
        ("tuyÖt mËt", "TUYỆT MẬT"),
        ("MA^.T", "MẬT"),
        ("TO^'I MA^.T", "TỐI MẬT"),
        ("TUYE^.T MA^.T", "TUYỆT MẬT"),
        ("M\x87T", "MẬT"),
        ("MẬT".encode().decode("cp1252"), "MẬT"),
        ("MAATJ", "MẬT"),
        ("TO61I MA65T", "TỐI MẬT"),
        ("M\u200bẬ\u200bT", "MẬT"),
        ("\uff2dẬ\uff34", "MẬT"),
        ("\u041cẬ\u0422", "MẬT"),
        ("M.Ậ.T", "MẬT"),
    ],
)
def test_stamp_on_a_page_is_seen(page: str, mark: str) -> None:
    assert mark_of_page(page) == mark


@pytest.mark.parametrize(
    "page",
    [
        "",
        HEADING.format(gap=" "),
        "KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "B Í  M Ậ T  N H À  N Ư Ớ C",
        "B Í M Ậ T",
        "QUY CHẾ BẢO MẬT THÔNG TIN",
        "SẢN PHẨM MẬT ONG RỪNG ĐẠT OCOP 4 SAO",
        "MẬT ONG",
        "MẬT ĐỘ DÂN SỐ CAO",
        "Bằng khen cho bà NGUYỄN THỊ MẬT",
        "Bà Nguyễn Thị Mật, thôn Mật Sơn",
        "giữ gìn bí mật nhà nước, không để lộ tài liệu mật, tối mật, tuyệt mật",
        "Quản lý văn bản đóng dấu «TỐI MẬT» đúng quy định",
        "Danh mục bí mật nhà nước ĐỘ TUYỆT MẬT",
        "Độ mật: không",
        "Đổi mật khẩu máy tính",
        "Ra MẮT mô hình; MẶT TRẬN Tổ quốc; MẤT mùa",
        "MẬTMÃ",
        "Số hộ nuôi ong lấy mật: 12",
        "giöõ gìn taøi lieäu toái maät, tuyeät maät",
        "gi÷ g×n tµi liÖu tèi mËt, tuyÖt mËt",
        "mËt ong rõng",
        "SAÛN PHAÅM MAÄT ONG RÖØNG",
        "BÍ MAÄT NHAØ NÖÔÙC",
    ],
)
def test_ordinary_words_on_a_page_pass(page: str) -> None:
    assert mark_of_page(page) is None


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("TUYET MAT.pdf", "TUYỆT MẬT"),
        ("toi_mat_bao_cao.docx", "TỐI MẬT"),
        ("BC-ToiMat-2026.xlsx", "TỐI MẬT"),
        ("Báo cáo tối mật.pdf", "TỐI MẬT"),
        ("TUYỆTMẬT.pdf", "TUYỆT MẬT"),
        ("Tờ trình MẬT.pdf", "MẬT"),
        ("Tờ trình mật.pdf", "MẬT"),
        (unicodedata.normalize("NFD", "Tờ trình mật.pdf"), "MẬT"),
        ("MẬT_To trinh 2026.pdf", "MẬT"),
        ("MAT.pdf", "MẬT"),
        ("To trinh (MAT).pdf", "MẬT"),
        ("[MAT] BAO CAO.pdf", "MẬT"),
        ("To trinh MAT.pdf", "MẬT"),
        ("MAT_To_trinh_phuong_5.pdf", "MẬT"),
        ("van_ban_mat.pdf", "MẬT"),
        ("MAÄT_to trinh.pdf", "MẬT"),
        ("toái maät.doc", "TỐI MẬT"),
        ("TUYEÄT MAÄT.pdf", "TUYỆT MẬT"),
        ("Công văn\nhồ sơ mật, anh/chị xem giúp", "MẬT"),
    ],
)
def test_name_that_claims_a_mark_is_seen(name: str, mark: str) -> None:
    assert mark_of_words(name) == mark


@pytest.mark.parametrize(
    "name",
    [
        "mat_ong.pdf",
        "mật ong rừng.pdf",
        "MẬT ONG OCOP.docx",
        "mat_tran_to_quoc.pdf",
        "UBMT MAT TRAN TO QUOC.pdf",
        "LE_RA_MAT.pdf",
        "ra_mat_mo_hinh.docx",
        "bi_mat_nha_nuoc.pdf",
        "Bảo vệ bí mật nhà nước.pdf",
        "BẢO MẬT THÔNG TIN.pdf",
        "Mật độ dân số.xlsx",
        "mật độ dân số.xlsx",
        "Nguyễn Thị Mật.pdf",
        "BCTT NGUYỄN THỊ MẬT.pdf",
        "Đơn của tôi mất giấy tờ.pdf",
        "giai_quyet_viec_mat_dat.pdf",
        "automat.pdf",
        "format.docx",
        "TTr_PHUONG-5_2026.pdf",
        "Ảnh 12-5 10.42.jpg",
        "",
        ".pdf",
    ],
)
def test_ordinary_names_pass(name: str) -> None:
    assert mark_of_words(name) is None


def test_the_refusal_says_where_such_papers_go() -> None:
    with pytest.raises(SecretMark) as refusal:
        refuse_marked_words("báo cáo.pdf", "gửi bản TUYỆT MẬT")

    assert refusal.value.text == (
        "Giấy tờ có dấu «TUYỆT MẬT» không gửi qua chat và bot không giữ lại gì: "
        "anh/chị nộp bản giấy tại văn thư cơ quan thường trực."
    )


def test_a_clean_page_is_not_refused() -> None:
    refuse_marked_page("TỜ TRÌNH về việc đề nghị khen thưởng")
