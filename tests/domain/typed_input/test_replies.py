import pytest

from domain.typed_input.replies import read_reply


@pytest.mark.parametrize(
    "text",
    [
        "đúng", "Đúng rồi", "dạ đúng ạ", "dạ", "vâng", "Vâng ạ.", "ừ", "ok", "có", "phải", "chính xác", "đồng ý",
        "dung", "không sai ạ", "đổi", "dạ vâng, đúng rồi ạ!", "đu\u0301ng\u200b",
    ],
)  # fmt: skip
def test_yes_is_understood(text: str) -> None:
    assert read_reply(text) is True


@pytest.mark.parametrize(
    "text",
    ["không", "Không ạ", "ko", "nhầm", "nhầm rồi", "sai", "sai rồi ạ", "chưa", "không đúng", "không phải", "giữ"],
)
def test_no_is_understood(text: str) -> None:
    assert read_reply(text) is False


@pytest.mark.parametrize("text", ["", "12", "không, 12,5", "không có số liệu", "dừng", "đúng, do tăng thu", "👍"])
def test_other_words_are_neither(text: str) -> None:
    assert read_reply(text) is None
