"""A plan's document as an office sends it, made on the spot."""

from io import BytesIO

from docx import Document

HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH MẪU",
    "Số: 15/KH-UBND",
    "Mẫu, ngày 20 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2026",
)
BODY = (
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ;",
    "I. TỔ CHỨC THỰC HIỆN",
    "1. Các xã, phường báo cáo kết quả phong trào thi đua 6 tháng trước ngày 10/6 hằng năm về UBND tỉnh.",
    "2. Các sở, ban, ngành gửi hồ sơ đề nghị khen thưởng về Sở Nội vụ chậm nhất ngày 30/11 hằng năm.",
    "3. Các trường học xây dựng kế hoạch thi đua năm 2026, gửi về UBND tỉnh trước ngày 20/5/2026.",
)
TEXT = "\n".join((*HEAD, *BODY))


def plan_document(*lines: str) -> bytes:
    """Return a .docx with these paragraphs."""
    document = Document()
    for line in lines or (*HEAD, *BODY):
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()
