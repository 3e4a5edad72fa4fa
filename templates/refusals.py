"""Refusals as the person who acted reads them: the reason, then the command or the button that leads on."""

from domain.errors import Refusal, Way

_WORDS: dict[Way, str] = {
    Way.AGREE_AGAIN: "Anh/chị đọc lại rồi bấm «Đồng ý».",
    Way.ANSWER_CORRECTION: "Anh/chị gõ /duyet, mở mục này rồi trả lời đơn vị.",
    Way.ASK_CORRECTION: "Anh/chị mở lại và chọn «Xin sửa».",
    Way.BACK_HOME: "Anh/chị gõ /menu để về trang chính.",
    Way.BIND_GROUP: "Cụm trưởng gõ /ganketcum để gắn.",
    Way.CALL_FOR_CORRECTION: "Anh/chị gọi điện xin sửa: /goiai",
    Way.CALL_FOR_EXTENSION: "Anh/chị gọi điện xin gia hạn: /goiai",
    Way.CALL_OFFICE: "Anh/chị gọi cơ quan thường trực: /goiai",
    Way.CALL_OFFICE_TO_CORRECT: "Muốn sửa, anh/chị gọi cơ quan thường trực: /goiai.",
    Way.CALL_TO_CORRECT: "Anh/chị gọi cơ quan thường trực để được sửa: /goiai",
    Way.CALL_UNITS: "Anh/chị bấm «Gọi điện» để xem số.",
    Way.CALL_UNREACHED: "Anh/chị gọi điện: /khonglienlac",
    Way.CHOOSE_OTHER_HOUR: "Anh/chị bấm «Giờ khác…» dưới lời nhắc để chọn giờ khác.",
    Way.CHOOSE_OTHER_REQUIREMENT: "Muốn thay, anh/chị bấm «Chọn thành phần khác».",
    Way.CLUSTER: "Gõ /cum để xem các việc của cụm.",
    Way.CORRECT: "Muốn sửa, anh/chị mở lại và chọn «Xin sửa».",
    Way.DATA_REQUESTS: "Anh/chị gõ /yeucau để xem các yêu cầu đang chờ.",
    Way.DUTIES: "Anh/chị gõ /viec để xem các việc hiện có.",
    Way.DUTIES_OF_ONES_UNIT: "Anh/chị gõ /viec để xem việc của đơn vị.",
    Way.DUTIES_OF_OWN_UNIT: "Anh/chị gõ /viec để xem việc của đơn vị mình.",
    Way.DUTIES_OF_UNIT: "Các việc của đơn vị: /viec",
    Way.DUTY_LIST: "Gõ /viec để xem các việc.",
    Way.EXTENSIONS: "Các đơn đang chờ: /giahan",
    Way.FILL_LATER: "; chưa có thì bấm «Điền sau».",
    Way.FILL_LATER_OR_ZERO: "Anh/chị bấm «Điền sau», còn bằng không thì gõ 0.",
    Way.FILL_OR_SAY_NONE: "Anh/chị điền số hoặc chọn «Không có số liệu» rồi nộp.",
    Way.FINISH_REQUIREMENT: (
        "Anh/chị gửi lại dưới dạng ảnh (JPG), hoặc bấm «Xong thành phần này» rồi chọn thành phần khác."
    ),
    Way.GO_BACK: "; chưa có thì bấm «‹ Quay lại».",
    Way.GO_BACK_OR_ZERO: "Anh/chị bấm «‹ Quay lại», còn bằng không thì gõ 0.",
    Way.HAND_OVER_FIRST: "Anh/chị giao việc này cho người khác trước (/quantri).",
    Way.HOME: "Gõ /menu để về trang chính.",
    Way.MAIN_PAGE: "Gõ /menu để mở trang chính.",
    Way.NAME_CLUSTER: "Anh/chị ghi rõ tên cụm sau lệnh, ví dụ: /ganketcum {example}.",
    Way.NAME_RECEIPT: "Anh/chị ghi mã biên nhận sau lệnh, ví dụ: /bienlai BC26-7K3Q",
    Way.NEW_SUBMISSION: "Gõ /duyet để xem bản vừa nộp.",
    Way.OFFICE_NUMBERS: "Anh/chị gõ /goiai để xem số điện thoại.",
    Way.OPEN_REVIEWS: "Anh/chị gõ /duyet để xem các mục đang chờ.",
    Way.OTHER_DUTIES: "Các việc khác: /viec",
    Way.OTHER_REVIEWS: "Gõ /duyet để xem mục khác.",
    Way.OWN_DATA: "Dữ liệu của anh/chị: /dulieucuatoi",
    Way.OWN_DATA_PAGE: "Gõ /dulieucuatoi để xem dữ liệu của mình.",
    Way.OWN_DUTIES: "Anh/chị gõ /viec để xem việc của mình.",
    Way.OWN_REVIEWS: "Gõ /duyet để xem các mục chờ anh/chị duyệt.",
    Way.PLANS: "Anh/chị gõ /kehoach để xem hoặc áp dụng lại.",
    Way.REBIND_GROUP: "Muốn đổi, anh/chị gõ lại /ganketcum và tên cụm.",
    Way.REOPEN_DECIDED: "Anh/chị gõ /duyet, vào «Đã duyệt» và mở lại từng mục.",
    Way.REOPEN_DUTY: "Anh/chị mở lại từ /viec.",
    Way.REPLACE_FILE: "Muốn thay hoặc xóa tệp, anh/chị bấm nút bên dưới.",
    Way.REVIEWS_WAITING: "Gõ /duyet để xem các mục đang chờ.",
    Way.RIGHT_DUTY: "Anh/chị gõ /viec để mở đúng việc.",
    Way.SAY_NO_FIGURE: "; chưa có thì bấm «Không có số liệu».",
    Way.SAY_NO_FIGURE_OR_ZERO: "Anh/chị bấm «Không có số liệu», còn bằng không thì gõ 0.",
    Way.SEND_FILE_AGAIN: "Anh/chị bấm «Sửa tệp» và gửi lại tệp.",
    Way.SHARE_PHONE: "Anh/chị bấm nút chia sẻ số điện thoại bên dưới.",
    Way.START: "Gõ /start để bắt đầu.",
    Way.STATUS: "Gõ /tinhhinh để xem.",
    Way.STATUS_OF_CLUSTER: "Ví dụ: /tinhhinh cụm 1",
    Way.STATUS_OF_CLUSTER_OR_UNIT: "Ví dụ: /tinhhinh cụm 1 hoặc /tinhhinh Phường 5",
    Way.STATUS_OF_DUTIES: "Gõ /tinhhinh để xem các việc hiện có.",
    Way.TAKE_DUTY_BACK: "Anh/chị bấm «Chuyển cho…» để nhận lại.",
    Way.WAIT_FOR_ANSWER: "Muốn sửa, anh/chị chờ cơ quan thường trực trả lời.",
    Way.WITHDRAW: "Muốn sửa, anh/chị mở lại và chọn «Rút lại để sửa».",
}
"""A sentence; or, after «;», the end of the text."""


def word_refusal(refusal: Refusal) -> str:
    """Return the refusal's text with the words of its way out."""
    if refusal.way is None:
        return refusal.text
    words = _WORDS[refusal.way].format(example=refusal.example)
    return f"{refusal.text}{words}" if words.startswith(";") else f"{refusal.text} {words}".strip()
