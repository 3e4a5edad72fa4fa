"""Refusals as the person who acted reads them: the reason, then the command or the button that leads on."""

from domain.errors import Refusal, Way

_WORDS: dict[Way, str] = {
    Way.AGREE_AGAIN: "đọc lại rồi bấm «Đồng ý».",
    Way.ANSWER_CORRECTION: "gõ /duyet, mở mục này rồi trả lời đơn vị.",
    Way.ASK_CORRECTION: "mở lại và chọn «Xin sửa».",
    Way.BIND_GROUP: "Cụm trưởng gõ /ganketcum để gắn.",
    Way.CALL_FOR_CORRECTION: "gọi điện xin sửa: /goiai",
    Way.CALL_FOR_EXTENSION: "gọi điện xin gia hạn: /goiai",
    Way.CALL_OFFICE: "gọi cơ quan thường trực: /goiai",
    Way.CALL_OFFICE_TO_CORRECT: "Muốn sửa, anh/chị gọi cơ quan thường trực: /goiai.",
    Way.CALL_TO_CORRECT: "gọi cơ quan thường trực để được sửa: /goiai",
    Way.CALL_UNREACHED: "gọi điện: /khonglienlac",
    Way.CHOOSE_OTHER_HOUR: "bấm «Giờ khác…» dưới lời nhắc để chọn giờ khác.",
    Way.CHOOSE_OTHER_REQUIREMENT: "Muốn thay, anh/chị bấm «Chọn thành phần khác».",
    Way.CORRECT: "Muốn sửa, anh/chị mở lại và chọn «Xin sửa».",
    Way.DATA_REQUESTS: "gõ /yeucau để xem các yêu cầu đang chờ.",
    Way.DUTIES: "gõ /viec để xem các việc hiện có.",
    Way.DUTIES_OF_ONES_UNIT: "gõ /viec để xem việc của đơn vị.",
    Way.DUTIES_OF_OWN_UNIT: "gõ /viec để xem việc của đơn vị mình.",
    Way.DUTIES_OF_UNIT: "Các việc của đơn vị: /viec",
    Way.DUTY_LIST: "gõ /viec để xem các việc.",
    Way.EXTENSIONS: "Các đơn đang chờ: /giahan",
    Way.FILL_LATER: "; chưa có thì bấm «Điền sau».",
    Way.FILL_LATER_OR_ZERO: "bấm «Điền sau», còn bằng không thì gõ 0.",
    Way.FILL_OR_SAY_NONE: "điền số hoặc chọn «Không có số liệu» rồi nộp.",
    Way.FINISH_REQUIREMENT: "gửi lại dưới dạng ảnh (JPG), hoặc bấm «Xong thành phần này» rồi chọn thành phần khác.",
    Way.GO_BACK: "; chưa có thì bấm «‹ Quay lại».",
    Way.GO_BACK_OR_ZERO: "bấm «‹ Quay lại», còn bằng không thì gõ 0.",
    Way.HAND_OVER_FIRST: "giao việc này cho người khác trước (/quantri).",
    Way.HOME: "gõ /menu để về trang chính.",
    Way.MAIN_PAGE: "gõ /menu để mở trang chính.",
    Way.NAME_CLUSTER: "ghi rõ tên cụm sau lệnh, ví dụ: /ganketcum {example}.",
    Way.NAME_RECEIPT: "ghi mã biên nhận sau lệnh, ví dụ: /bienlai BC26-7K3Q",
    Way.NEW_SUBMISSION: "gõ /duyet để xem bản vừa nộp.",
    Way.OFFICE_NUMBERS: "gõ /goiai để xem số điện thoại.",
    Way.OTHER_DUTIES: "Các việc khác: /viec",
    Way.OTHER_REVIEWS: "Gõ /duyet để xem mục khác.",
    Way.OWN_DATA: "Dữ liệu của anh/chị: /dulieucuatoi",
    Way.OWN_DATA_PAGE: "gõ /dulieucuatoi để xem dữ liệu của mình.",
    Way.OWN_DUTIES: "gõ /viec để xem việc của mình.",
    Way.OWN_REVIEWS: "Gõ /duyet để xem các mục chờ anh/chị duyệt.",
    Way.PLANS: "gõ /kehoach để xem hoặc áp dụng lại.",
    Way.REBIND_GROUP: "Muốn đổi, anh/chị gõ lại /ganketcum và tên cụm.",
    Way.REOPEN_DECIDED: "gõ /duyet, vào «Đã duyệt» và mở lại từng mục.",
    Way.REOPEN_DUTY: "mở lại từ /viec.",
    Way.REPLACE_FILE: "Muốn thay hoặc xóa tệp, anh/chị bấm nút bên dưới.",
    Way.REVIEWS_WAITING: "gõ /duyet để xem các mục đang chờ.",
    Way.RIGHT_DUTY: "gõ /viec để mở đúng việc.",
    Way.SAY_NO_FIGURE: "; chưa có thì bấm «Không có số liệu».",
    Way.SAY_NO_FIGURE_OR_ZERO: "bấm «Không có số liệu», còn bằng không thì gõ 0.",
    Way.SEND_FILE_AGAIN: "bấm «Sửa tệp» và gửi lại tệp.",
    Way.SHARE_PHONE: "bấm nút chia sẻ số điện thoại bên dưới.",
    Way.START: "gõ /start để bắt đầu.",
    Way.STATUS: "gõ /tinhhinh để xem.",
    Way.STATUS_OF_CLUSTER: "Ví dụ: /tinhhinh cụm 1",
    Way.STATUS_OF_CLUSTER_OR_UNIT: "Ví dụ: /tinhhinh cụm 1 hoặc /tinhhinh Phường 5",
    Way.STATUS_OF_DUTIES: "gõ /tinhhinh để xem các việc hiện có.",
    Way.TAKE_DUTY_BACK: "bấm «Chuyển cho…» để nhận lại.",
    Way.WAIT_FOR_ANSWER: "Muốn sửa, anh/chị chờ cơ quan thường trực trả lời.",
    Way.WITHDRAW: "Muốn sửa, anh/chị mở lại và chọn «Rút lại để sửa».",
}
"""A sentence; or, with a small first letter, what the person is asked to do; or, after «;», the end of the text."""


def word_refusal(refusal: Refusal) -> str:
    """Return the refusal's text with the words of its way out."""
    words = _lead_on(refusal)
    return f"{refusal.text}{words}" if words.startswith(";") else f"{refusal.text} {words}".strip()


def _lead_on(refusal: Refusal) -> str:
    if refusal.way is None:
        return ""
    words = _WORDS[refusal.way].format(example=refusal.example)
    if not words[0].islower():
        return words
    # Somebody is addressed once in two sentences; twice would read like a form letter.
    return f"{words[0].upper()}{words[1:]}" if "anh/chị" in refusal.text.lower() else f"Anh/chị {words}"
