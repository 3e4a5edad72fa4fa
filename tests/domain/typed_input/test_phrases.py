import pytest

from domain.typed_input.phrases import asks_for_a_person, is_receipt_code


@pytest.mark.parametrize(
    "text",
    [
        "gặp người thật",
        "Gặp người thật!",
        "cho tôi gặp người thật với",
        "số điện thoại",
        "cho xin số điện thoại ạ",
        "số điện thoại cơ quan thường trực",
        "Số điện thoại cơ quan thường trực là bao nhiêu?",
        "sđt cơ quan thường trực",
        "gọi ai",
        "Gọi ai?",
        "hotline",
        "HOTLINE Ở ĐÂU",
        "đường dây nóng",
        "tổng đài",
        "goi ai a",
    ],
)
def test_a_whole_phrase_asks_for_a_person(text: str) -> None:
    assert asks_for_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "12,5",
        "hỗ trợ",
        "điện thoại",
        "Số hộ được hỗ trợ điện thoại là 12",
        "Gọi điện cho Kho bạc nên chậm",
        "Chưa có số liệu",
        "Tổng đài viên Nguyễn Văn A",
        "0912 345 678",
        "không",
        "a" * 500,
    ],
)
def test_other_words_are_an_answer_to_the_open_question(text: str) -> None:
    assert not asks_for_a_person(text)


@pytest.mark.parametrize("text", ["BC26-7K3Q", "bc26 7k3q", " BC26_7K3Q ", "BC267K3Q", "HS26-ABCD"])
def test_a_bare_receipt_code_is_known(text: str) -> None:
    assert is_receipt_code(text)


@pytest.mark.parametrize("text", ["Bảo Lương", "26-7K3Q", "BC26", "mã BC26-7K3Q là gì", "12,5 tỷ", "K3QM-7TRX-PA9H"])
def test_other_words_are_no_receipt_code(text: str) -> None:
    assert not is_receipt_code(text)
