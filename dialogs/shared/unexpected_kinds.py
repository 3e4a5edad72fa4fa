"""Kinds of messages that no window expects, and the sentence for each: one table for all windows."""

from aiogram.enums import ContentType
from aiogram.types import Message

_TYPED = "anh/chị mở ra xem rồi gõ vào đây."
_BY_TYPE: dict[str, str] = {
    ContentType.PHOTO: f"Bot không đọc được chữ, số trong ảnh: {_TYPED}",
    ContentType.STICKER: "Bot không hiểu nhãn dán.",
    ContentType.ANIMATION: "Bot không hiểu ảnh động.",
    ContentType.DICE: "Bot không hiểu biểu tượng này.",
    ContentType.VOICE: "Bot không nghe được tin thoại, anh/chị gõ bằng chữ.",
    ContentType.AUDIO: "Bot không nghe được tệp âm thanh, anh/chị gõ bằng chữ.",
    ContentType.VIDEO: "Bot không xem được video.",
    ContentType.VIDEO_NOTE: "Bot không xem được video, anh/chị gõ bằng chữ.",
    ContentType.CONTACT: "Ở bước này bot không cần số điện thoại.",
    ContentType.LOCATION: "Ở bước này bot không cần vị trí.",
    ContentType.VENUE: "Ở bước này bot không cần địa điểm.",
    ContentType.POLL: "Bot không trả lời cuộc bình chọn.",
}
_BY_ENDING = (
    ((".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv"), "tệp Excel"),
    ((".doc", ".docx", ".docm", ".odt", ".rtf"), "tệp Word"),
    ((".pdf",), "tệp PDF"),
    ((".jpg", ".jpeg", ".png", ".heic", ".webp", ".tif", ".tiff"), "tệp ảnh"),
)
_ON_PAPER = "Đã nộp bản giấy thì bấm «Đã nộp bản giấy» ở tin nhắc hạn."


def describe(message: Message, *, asks_figures: bool = False) -> str:
    """Return a sentence about what cannot be read in this message; empty for a text message.

    `asks_figures` says that a form is open: a photo or a file may be its signed paper.
    """
    kind = message.content_type
    if kind == ContentType.TEXT:
        return ""
    said = _document(message) if kind == ContentType.DOCUMENT else _BY_TYPE.get(kind, "Bot không đọc được tin này.")
    is_sheet = kind in (ContentType.DOCUMENT, ContentType.PHOTO)
    return f"{said} {_ON_PAPER}" if asks_figures and is_sheet else said


def _document(message: Message) -> str:
    name = ((message.document and message.document.file_name) or "").lower()
    kind = next((kind for endings, kind in _BY_ENDING if name.endswith(endings)), "tệp này")
    return f"Bot không lấy chữ, số từ {kind} ở bước này: {_TYPED}"
