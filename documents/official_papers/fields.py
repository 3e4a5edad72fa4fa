"""Fields that each paper's template may use, and those without which a template is refused."""

from dataclasses import dataclass
from functools import cache

from domain.official_papers import PaperKind


@dataclass(frozen=True, slots=True)
class TemplateField:
    name: str
    meaning: str
    is_required: bool = False
    is_list: bool = False
    """Whether it is a list, to be used in a `for`."""
    columns: tuple[str, ...] = ()
    """Names of the parts of each item of the list; empty if the items are texts."""

    @property
    def sample(self) -> object:
        """Return a value of the field's shape."""
        item: object = dict.fromkeys(self.columns, "mẫu") if self.columns else "mẫu"
        return [item] if self.is_list else "mẫu"

    @property
    def nothing(self) -> object:
        return [] if self.is_list else ""


def _one(name: str, meaning: str) -> TemplateField:
    return TemplateField(name, meaning)


def _must(name: str, meaning: str) -> TemplateField:
    return TemplateField(name, meaning, is_required=True)


def _list(name: str, meaning: str, *columns: str, required: bool = False) -> TemplateField:
    return TemplateField(name, meaning, is_required=required, is_list=True, columns=columns)


_COMMON = (
    _must("du_thao", "chữ «DỰ THẢO»"),
    _must("co_quan", "tên cơ quan ban hành, in hoa"),
    _one("co_quan_cap_tren", "tên cơ quan cấp trên, in hoa; có khi trống"),
    _one("nam", "năm soạn văn bản"),
    _one("ke_hoach", "kế hoạch: số, ngày, cơ quan, trích yếu"),
    _list("can_cu", "căn cứ pháp lý, mỗi căn cứ một dòng"),
)
_TASK = _must("viec", "việc và năm: «báo cáo 6 tháng năm 2026»")
_TO = _one("kinh_gui", "nơi gửi")
_INDICATOR = ("tt", "ten", "dvt", "giao_uoc", "thuc_hien", "dat", "ky_truoc", "tang_giam")
_UNIT = ("tt", "ten", "cum", "tinh_trang")
_NOMINEE = ("tt", "ten", "doi_tuong", "hinh_thuc", "don_vi", "ma", "ghi_chu")
_COUNTS = (
    _must("tinh_den", "giờ, ngày lấy số"),
    _one("han", "thời hạn: «hết ngày 14/5/2026»"),
    _one("phai_nop", "số đơn vị phải nộp"),
    _one("da_nop", "số đơn vị đã nộp"),
    _one("so_chua_nop", "số đơn vị chưa nộp"),
    _one("so_nop_muon", "số đơn vị nộp muộn"),
)
_PROPOSED = (
    _TASK,
    _list("de_nghi", "tập thể, cá nhân được đề nghị", *_NOMINEE, required=True),
    _list("tong_hop", "số lượng theo từng hình thức"),
    _one("so_ho_so", "số hồ sơ"),
    _one("nam_khen_thuong", "năm của việc nộp hồ sơ"),
)
_OWN = {
    PaperKind.UNIT_REPORT: (
        _TASK,
        _TO,
        _must("don_vi", "tên đơn vị"),
        _list("chi_tieu", "các chỉ tiêu", *_INDICATOR, required=True),
        _list("chua_co_so_lieu", "chỉ tiêu không có số liệu và lý do"),
        _one("uoc_den", "ngày của số ước; trống nếu là số chính thức"),
    ),
    PaperKind.PLEDGE: (
        _TO,
        _must("don_vi", "tên đơn vị"),
        _must("nam_giao_uoc", "năm của giao ước"),
        _one("cum", "cụm, khối thi đua của đơn vị"),
        _list("phong_trao", "phong trào đăng ký", required=True),
        _list("chi_tieu", "các chỉ tiêu", "tt", "ten", "dvt", "muc", required=True),
        _list("danh_hieu", "danh hiệu đăng ký"),
    ),
    PaperKind.CLUSTER_PLEDGE: (
        _must("cum", "tên cụm, khối"),
        _must("nam_giao_uoc", "năm của giao ước"),
        _list("thanh_vien", "đơn vị thành viên", "tt", "ten", required=True),
        _list("phong_trao", "phong trào và số đơn vị đăng ký"),
        _list("chi_tieu", "chỉ tiêu và mức của từng đơn vị", "tt", "ten", "dvt", "muc", required=True),
        _one("chua_dang_ky", "các đơn vị chưa nộp giao ước"),
    ),
    PaperKind.SUBMISSION_LETTER: (*_PROPOSED, _TO, _one("don_vi_trinh", "cơ quan trình")),
    PaperKind.MINUTES: (*_PROPOSED, _must("hoi_dong", "tên Hội đồng")),
    PaperKind.DOSSIER_RECEIPT: (
        _TASK,
        _must("ma", "mã biên nhận"),
        _must("don_vi", "đơn vị nộp"),
        _must("luc_nhan", "giờ, ngày nhận"),
        _one("dung_han", "đúng hạn, trong hạn gia hạn hay nộp muộn"),
        _one("hinh_thuc", "hình thức khen thưởng đề nghị; trống nếu không đề nghị"),
        _list("de_nghi_cho", "tập thể, cá nhân được đề nghị"),
        _list("thanh_phan", "thành phần hồ sơ", "tt", "ten", "tep", "ma_tep", required=True),
        _one("can_cu_ap_dung", "văn bản có hiệu lực lúc nhận"),
        _one("tinh_trang", "tình trạng hồ sơ"),
    ),
    PaperKind.LATE_LIST: (
        _TASK,
        *_COUNTS,
        _list("chua_nop", "đơn vị chưa nộp", *_UNIT, required=True),
        _list("nop_muon", "đơn vị nộp muộn", "tt", "ten", "cum", "ngay_nop", required=True),
    ),
    PaperKind.REMINDER: (
        _TASK,
        *_COUNTS,
        _list("kinh_gui", "nơi gửi, mỗi nơi một dòng", required=True),
        _list("chua_nop", "đơn vị chưa nộp", *_UNIT),
        _one("noi_nhan_bao_cao", "cơ quan nhận"),
        _one("cau_han", "thời hạn viết trong câu: «, chậm nhất ngày 14/5/2026»"),
        _one("qua_han", "có giá trị khi đã quá hạn"),
        _one("kem_danh_sach", "có giá trị khi danh sách dài phải kèm theo"),
    ),
    PaperKind.COMPILED_REPORT: (
        _TASK,
        _TO,
        *_COUNTS,
        _one("don_vi_tong_hop", "cơ quan tổng hợp"),
        _list("chi_tieu", "kết quả chung", *_INDICATOR, "cach_tinh", required=True),
        _list("ghi_chu", "ghi chú về số liệu"),
        _list("theo_cum", "kết quả theo cụm, khối", "ten", "cum", "thuc_hien", "da_nop"),
        _list("tinh_hinh_nop", "tình hình nộp, mỗi ý một dòng", required=True),
        _list("can_luu_y", "đơn vị chưa nộp, nộp muộn, nộp số ước, được gia hạn", *_UNIT),
        _list("viec_tiep_theo", "việc tiếp theo"),
    ),
}


@cache
def fields_of(kind: PaperKind) -> tuple[TemplateField, ...]:
    return (*_COMMON, *_OWN[kind])
