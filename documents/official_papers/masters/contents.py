"""What stands in each shipped template, in the words of administrative Vietnamese."""

from collections.abc import Callable

import docx
from docx.document import Document

from documents.official_papers.masters.page import (
    addressee,
    grid,
    head,
    heading,
    lay_out,
    page_break,
    recipients,
    signature,
    signatures,
    tag,
    text,
    title,
)
from domain.official_papers import PaperKind

_RECIPIENTS = ("- Như trên;", "- ……;", "- Lưu: VT, …….")
_FREE = "Số:      /……"
_MISSING = (
    ("TT", 12, "{{ don_vi.tt }}"),
    ("Đơn vị", 62, "{{ don_vi.ten }}"),
    ("Cụm, khối", 36, "{{ don_vi.cum }}"),
    ("Tình trạng", 50, "{{ don_vi.tinh_trang }}"),
)
_NOMINEES = (
    ("TT", 11, "{{ dong.tt }}"),
    ("Tập thể, cá nhân", 41, "{{ dong.ten }}"),
    ("Đối tượng", 24, "{{ dong.doi_tuong }}"),
    ("Hình thức", 34, "{{ dong.hinh_thuc }}"),
    ("Đơn vị đề nghị", 28, "{{ dong.don_vi }}"),
)


def make_template(kind: PaperKind) -> Document:
    paper = docx.Document()
    lay_out(paper)
    _CONTENTS[kind](paper)
    return paper


def _bases(paper: Document) -> None:
    tag(paper, "{%p for dong in can_cu %}")
    text(paper, "Căn cứ {{ dong }}", italic=True)
    tag(paper, "{%p endfor %}")


def _items(paper: Document, name: str, item: str = "- {{ dong }}") -> None:
    tag(paper, f"{{%p for dong in {name} %}}")
    text(paper, item)
    tag(paper, "{%p endfor %}")


def _when(paper: Document, condition: str, *words: str) -> None:
    tag(paper, f"{{%p if {condition} %}}")
    for line in words:
        text(paper, line)
    tag(paper, "{%p endif %}")


def _blanks(paper: Document, *headings: str) -> None:
    for words in headings:
        text(paper, words)
        text(paper, "……")


def _unit_report(paper: Document) -> None:
    head(paper, number="Số:      /BC-……")
    title(paper, "BÁO CÁO", "Kết quả thực hiện các chỉ tiêu thi đua, {{ viec }}")
    addressee(paper)
    text(paper, "Thực hiện {{ ke_hoach }}, {{ don_vi }} báo cáo kết quả như sau:")
    heading(paper, "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU")
    _when(paper, "uoc_den", "Số liệu dưới đây là ước thực hiện, tính đến hết ngày {{ uoc_den }}.")
    columns = (
        ("TT", 10, "{{ dong.tt }}"),
        ("Chỉ tiêu", 42, "{{ dong.ten }}"),
        ("Đơn vị tính", 25, "{{ dong.dvt }}"),
        ("Giao ước", 18, "{{ dong.giao_uoc }}"),
        ("Thực hiện", 19, "{{ dong.thuc_hien }}"),
        ("Đạt (%)", 13, "{{ dong.dat }}"),
        ("Kỳ trước", 17, "{{ dong.ky_truoc }}"),
        ("Tăng, giảm (%)", 16, "{{ dong.tang_giam }}"),
    )
    grid(paper, "dong in chi_tieu", columns)
    _when(paper, "chua_co_so_lieu", "Chỉ tiêu không có số liệu:")
    _items(paper, "chua_co_so_lieu")
    heading(paper, "II. ĐÁNH GIÁ CHUNG")
    _blanks(paper, "1. Kết quả nổi bật:", "2. Hạn chế, nguyên nhân:")
    heading(paper, "III. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI")
    text(paper, "……")
    text(paper, "Trên đây là báo cáo kết quả thực hiện các chỉ tiêu thi đua của {{ don_vi }}./.")
    signature(paper, _RECIPIENTS)


def _pledge(paper: Document) -> None:
    head(paper, number=_FREE)
    title(paper, "BẢN ĐĂNG KÝ GIAO ƯỚC THI ĐUA", "Năm {{ nam_giao_uoc }}")
    addressee(paper)
    _bases(paper)
    text(paper, "{{ don_vi }} đăng ký giao ước thi đua năm {{ nam_giao_uoc }} với các nội dung sau:")
    heading(paper, "I. PHONG TRÀO THI ĐUA")
    _items(paper, "phong_trao")
    heading(paper, "II. CHỈ TIÊU GIAO ƯỚC")
    columns = (
        ("TT", 12, "{{ dong.tt }}"),
        ("Chỉ tiêu", 78, "{{ dong.ten }}"),
        ("Đơn vị tính", 36, "{{ dong.dvt }}"),
        ("Mức giao ước", 23, "{{ dong.muc }}"),
    )
    grid(paper, "dong in chi_tieu", columns)
    heading(paper, "III. DANH HIỆU PHẤN ĐẤU")
    _when(paper, "not danh_hieu", "Đơn vị không đăng ký danh hiệu thi đua.")
    _items(paper, "danh_hieu")
    text(
        paper,
        "{{ don_vi }} cam kết phấn đấu hoàn thành các nội dung giao ước, "
        "thực hiện chế độ thông tin, báo cáo đầy đủ, đúng thời hạn./.",
    )
    signature(paper, _RECIPIENTS)


def _cluster_pledge(paper: Document) -> None:
    head(paper, number=_FREE)
    title(paper, "BẢN GIAO ƯỚC THI ĐUA", "{{ cum }} năm {{ nam_giao_uoc }}")
    _bases(paper)
    text(
        paper,
        "Hôm nay, ngày …… tháng …… năm {{ nam_giao_uoc }}, tại ……, các đơn vị thành viên {{ cum }} "
        "thống nhất ký kết giao ước thi đua năm {{ nam_giao_uoc }} với các nội dung sau:",
    )
    heading(paper, "I. PHONG TRÀO THI ĐUA")
    _items(paper, "phong_trao")
    heading(paper, "II. CHỈ TIÊU GIAO ƯỚC CỦA CÁC ĐƠN VỊ")
    columns = (
        ("TT", 11, "{{ dong.tt }}"),
        ("Chỉ tiêu", 52, "{{ dong.ten }}"),
        ("Đơn vị tính", 27, "{{ dong.dvt }}"),
        ("Mức giao ước của từng đơn vị", 70, "{{ dong.muc }}"),
    )
    grid(paper, "dong in chi_tieu", columns)
    _when(paper, "chua_dang_ky", "Đơn vị chưa đăng ký giao ước: {{ chua_dang_ky }}.")
    heading(paper, "III. CAM KẾT CHUNG")
    for line in (
        "1. Tổ chức thực hiện có hiệu quả các phong trào thi đua đã đăng ký.",
        "2. Phấn đấu hoàn thành và hoàn thành vượt mức các chỉ tiêu giao ước.",
        "3. Tham gia đầy đủ các hoạt động của cụm, khối thi đua; thực hiện chế độ thông tin, báo cáo đúng thời hạn.",
    ):
        text(paper, line)
    heading(paper, "IV. ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC")
    signers = (
        ("TT", 12, "{{ don_vi.tt }}"),
        ("Đơn vị", 56, "{{ don_vi.ten }}"),
        ("Họ tên, chức vụ người ký", 46, "……"),
        ("Ký tên, đóng dấu", 46, ""),
    )
    grid(paper, "don_vi in thanh_vien", signers, row_height=16)


def _letter(paper: Document) -> None:
    head(paper, number="Số:      /TTr-……")
    title(paper, "TỜ TRÌNH", "Về việc đề nghị khen thưởng năm {{ nam_khen_thuong }}")
    addressee(paper)
    _bases(paper)
    text(
        paper,
        "Qua tổng hợp hồ sơ đề nghị khen thưởng của các đơn vị ({{ viec }}), {{ don_vi_trinh }} kính trình "
        "{{ kinh_gui }} xem xét, khen thưởng các tập thể, cá nhân có tên dưới đây. Cụ thể:",
    )
    _items(paper, "tong_hop")
    grid(paper, "dong in de_nghi", (*_NOMINEES, ("Ghi chú", 24, "{{ dong.ghi_chu }}")))
    text(paper, "(Kèm theo hồ sơ đề nghị khen thưởng của các đơn vị.)", italic=True)
    text(paper, "Kính trình {{ kinh_gui }} xem xét, quyết định./.")
    signature(paper, _RECIPIENTS)


def _minutes(paper: Document) -> None:
    head(paper, number="Số:      /BB-……")
    title(paper, "BIÊN BẢN", "Họp {{ hoi_dong }} xét khen thưởng năm {{ nam_khen_thuong }}")
    for line in (
        "Thời gian bắt đầu: …… giờ ……, ngày …… tháng …… năm {{ nam }}.",
        "Địa điểm: ……",
        "Thành phần tham dự: ……",
        "Chủ trì (chủ tọa): ……",
        "Thư ký (người ghi biên bản): ……",
    ):
        text(paper, line)
    heading(paper, "Nội dung (theo diễn biến cuộc họp):")
    text(paper, "1. Chủ tọa nêu lý do, mục đích cuộc họp: ……")
    text(
        paper,
        "2. Cơ quan thường trực trình bày {{ so_ho_so }} hồ sơ đề nghị khen thưởng ({{ viec }}) "
        "đã được các đơn vị gửi. Cụ thể:",
    )
    _items(paper, "tong_hop")
    text(paper, "3. Ý kiến thảo luận: ……")
    text(paper, "4. Kết quả bỏ phiếu: số thành viên có mặt ……; số phiếu phát ra ……; số phiếu thu về ……; hợp lệ …….")
    grid(paper, "dong in de_nghi", (*_NOMINEES, ("Số phiếu đồng ý", 22, "……")))
    text(paper, "5. Kết luận của chủ tọa: ……")
    text(paper, "Cuộc họp kết thúc vào …… giờ ……, ngày …… tháng …… năm {{ nam }}./.")
    signatures(paper, "THƯ KÝ", "CHỦ TỌA")
    recipients(paper, ("- ……;", "- Lưu: VT, hồ sơ."))


def _receipt(paper: Document) -> None:
    head(paper, number=_FREE)
    title(paper, "PHIẾU TIẾP NHẬN HỒ SƠ", "Mã biên nhận: {{ ma }}")
    for line in (
        "1. Đơn vị nộp hồ sơ: {{ don_vi }}",
        "2. Nội dung: {{ viec }}",
        "3. Thời điểm nhận: {{ luc_nhan }} ({{ dung_han }})",
    ):
        text(paper, line)
    _when(paper, "hinh_thuc", "4. Hình thức khen thưởng đề nghị: {{ hinh_thuc }}")
    _when(paper, "not hinh_thuc", "4. Hình thức khen thưởng đề nghị: không đề nghị")
    _items(paper, "de_nghi_cho")
    text(paper, "5. Thành phần hồ sơ đã nhận:")
    columns = (
        ("TT", 12, "{{ dong.tt }}"),
        ("Thành phần", 62, "{{ dong.ten }}"),
        ("Tệp", 52, "{{ dong.tep }}"),
        ("Mã kiểm tra", 34, "{{ dong.ma_tep }}"),
    )
    grid(paper, "dong in thanh_phan", columns)
    _when(paper, "can_cu_ap_dung", "6. Văn bản áp dụng tại thời điểm nhận: {{ can_cu_ap_dung }}.")
    text(paper, "Tình trạng hồ sơ: {{ tinh_trang }}.")
    signatures(paper, "NGƯỜI NỘP", "NGƯỜI TIẾP NHẬN")


def _late_list(paper: Document) -> None:
    head(paper, number=_FREE)
    title(paper, "DANH SÁCH", "Đơn vị chưa nộp, nộp muộn {{ viec }}")
    _when(paper, "han", "Thời hạn nộp: {{ han }}.")
    text(
        paper,
        "Tính đến {{ tinh_den }}: {{ phai_nop }} đơn vị phải nộp, {{ da_nop }} đơn vị đã nộp, "
        "{{ so_chua_nop }} đơn vị chưa nộp, {{ so_nop_muon }} đơn vị nộp muộn.",
    )
    heading(paper, "I. ĐƠN VỊ CHƯA NỘP")
    _when(paper, "not chua_nop", "Không có.")
    tag(paper, "{%p if chua_nop %}")
    grid(paper, "don_vi in chua_nop", _MISSING)
    tag(paper, "{%p endif %}")
    heading(paper, "II. ĐƠN VỊ NỘP MUỘN")
    _when(paper, "not nop_muon", "Không có.")
    tag(paper, "{%p if nop_muon %}")
    grid(paper, "don_vi in nop_muon", (*_MISSING[:3], ("Ngày nộp", 50, "{{ don_vi.ngay_nop }}")))
    tag(paper, "{%p endif %}")
    signature(paper, ("- ……;", "- Lưu: VT, ……."))


def _reminder(paper: Document) -> None:
    head(paper, number=_FREE, about="V/v đôn đốc nộp {{ viec }}")
    text(paper, "Kính gửi:", before=16)
    _items(paper, "kinh_gui", "{{ dong }}")
    text(paper, "Thực hiện {{ ke_hoach }}, các đơn vị nộp {{ viec }} về {{ noi_nhan_bao_cao }}{{ cau_han }}.")
    text(
        paper,
        "Tính đến {{ tinh_den }}, {{ da_nop }}/{{ phai_nop }} đơn vị đã nộp; còn {{ so_chua_nop }} đơn vị chưa nộp.",
    )
    _when(
        paper,
        "qua_han",
        "Đề nghị các đơn vị chưa nộp khẩn trương hoàn thành và gửi về {{ noi_nhan_bao_cao }} trước ngày ……",
    )
    _when(
        paper,
        "not qua_han",
        "Đề nghị các đơn vị chưa nộp khẩn trương hoàn thành và gửi về {{ noi_nhan_bao_cao }} đúng thời hạn.",
    )
    text(
        paper,
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các đơn vị phản ánh về "
        "{{ noi_nhan_bao_cao }} để được hướng dẫn./.",
    )
    signature(paper, _RECIPIENTS)
    tag(paper, "{%p if kem_danh_sach %}")
    page_break(paper)
    title(paper, "DANH SÁCH ĐƠN VỊ CHƯA NỘP", "(Kèm theo Công văn số      /…… ngày …… tháng …… năm {{ nam }})")
    grid(paper, "don_vi in chua_nop", _MISSING)
    tag(paper, "{%p endif %}")


def _compiled(paper: Document) -> None:
    head(paper, number="Số:      /BC-……")
    title(paper, "BÁO CÁO", "Tổng hợp kết quả thực hiện các chỉ tiêu thi đua, {{ viec }}")
    addressee(paper)
    text(
        paper,
        "Thực hiện {{ ke_hoach }}, {{ don_vi_tong_hop }} tổng hợp kết quả của các đơn vị "
        "tính đến {{ tinh_den }} như sau:",
    )
    heading(paper, "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU")
    text(paper, "1. Kết quả chung ({{ da_nop }}/{{ phai_nop }} đơn vị đã nộp báo cáo):")
    columns = (
        ("TT", 9, "{{ dong.tt }}"),
        ("Chỉ tiêu", 34, "{{ dong.ten }}"),
        ("Đơn vị tính", 22, "{{ dong.dvt }}"),
        ("Cách tính (số đơn vị)", 21, "{{ dong.cach_tinh }}"),
        ("Giao ước", 15, "{{ dong.giao_uoc }}"),
        ("Thực hiện", 16, "{{ dong.thuc_hien }}"),
        ("Đạt (%)", 14, "{{ dong.dat }}"),
        ("Kỳ trước", 15, "{{ dong.ky_truoc }}"),
        ("Tăng, giảm (%)", 14, "{{ dong.tang_giam }}"),
    )
    grid(paper, "dong in chi_tieu", columns)
    _items(paper, "ghi_chu")
    tag(paper, "{%p if theo_cum %}")
    text(paper, "2. Kết quả theo cụm, khối thi đua:")
    clusters = (
        ("Chỉ tiêu", 70, "{{ dong.ten }}"),
        ("Cụm, khối", 40, "{{ dong.cum }}"),
        ("Thực hiện", 25, "{{ dong.thuc_hien }}"),
        ("Đã nộp", 23, "{{ dong.da_nop }}"),
    )
    grid(paper, "dong in theo_cum", clusters)
    tag(paper, "{%p endif %}")
    _blanks(paper, "Đánh giá chung:")
    heading(paper, "II. TÌNH HÌNH NỘP BÁO CÁO")
    _items(paper, "tinh_hinh_nop")
    tag(paper, "{%p if can_luu_y %}")
    grid(paper, "don_vi in can_luu_y", _MISSING)
    tag(paper, "{%p endif %}")
    heading(paper, "III. NHIỆM VỤ THỜI GIAN TỚI")
    _items(paper, "viec_tiep_theo")
    text(paper, "……")
    text(paper, "Trên đây là báo cáo tổng hợp của {{ don_vi_tong_hop }}./.")
    signature(paper, _RECIPIENTS)


_CONTENTS: dict[PaperKind, Callable[[Document], None]] = {
    PaperKind.UNIT_REPORT: _unit_report,
    PaperKind.PLEDGE: _pledge,
    PaperKind.CLUSTER_PLEDGE: _cluster_pledge,
    PaperKind.SUBMISSION_LETTER: _letter,
    PaperKind.MINUTES: _minutes,
    PaperKind.DOSSIER_RECEIPT: _receipt,
    PaperKind.LATE_LIST: _late_list,
    PaperKind.REMINDER: _reminder,
    PaperKind.COMPILED_REPORT: _compiled,
}
