import pytest

from domain.typed_input.codes import read_invite_code, read_receipt_code


@pytest.mark.parametrize(
    "typed",
    [
        "K3QM-7TRX-PA9H",
        "k3qm 7trx pa9h",
        "K3QM–7TRX—PA9H",
        "  K3QM7TRXPA9H\u200b",
        "K3QM-7TRX-PÁ9H",
        "Ｋ３ＱＭ-7TRX-PA9H",
        "https://t.me/thidua_bot?start=K3QM7TRXPA9H",
        "K3OM-7TRX-PA9H",
        "K30M-7TRX-PA9H",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert "K3QM7TRXPA9H" in read_invite_code(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K3QM-7TRƯ-PA9H", "K3QM7TRWPA9H"),
        ("k3qm 7trư pa9h", "K3QM7TRWPA9H"),
        ("K3QM-7TRĐ-PA9H", "K3QM7TRDPA9H"),
        ("K3QM-7TĐ-PA9H", "K3QM7TDDPA9H"),
        ("K3QM-7TĐ-PA9H", "K3QM7TD9PA9H"),
        ("K3QM-7TR-PÂ9H", "K3QM7TRPAA9H"),
        ("K3QM-7TR-PẢ9H", "K3QM7TRPAR9H"),
        ("K3QM-7TR-PE\u03009H", "K3QM7TRPEF9H"),
        ("K3QM-7TRU-PA9H", "K3QM7TRVPA9H"),
    ],
)
def test_what_a_vietnamese_keyboard_made_of_a_code_is_undone(typed: str, code: str) -> None:
    assert code in read_invite_code(typed)


@pytest.mark.parametrize("typed", ["ĐĐĐĐĐĐĐĐĐĐĐĐ", "ấ" * 4000, "Ờ" * 12])
def test_one_try_stands_for_few_codes(typed: str) -> None:
    assert len(read_invite_code(typed)) <= 64


@pytest.mark.parametrize(
    "typed", ["BC26-7K3Q", "bc26 7k3q", "BC26_7K3Q", "bc267k3q", "BC 26 7K3Q", "BC26–7K3Q", "_bc26_7k3q", "BC26-7K3O"]
)
def test_a_receipt_is_found_however_its_code_is_typed(typed: str) -> None:
    assert "BC26-7K3Q" in read_receipt_code(typed)


@pytest.mark.parametrize(
    ("typed", "code"), [("BC3O-7K3Q", "BC30-7K3Q"), ("GU3I-7Ư3Q", "GU31-7W3Q"), ("HS26-Đ8K2", "HS26-D8K2")]
)
def test_letters_that_look_like_others_are_put_right(typed: str, code: str) -> None:
    assert code in read_receipt_code(typed)


@pytest.mark.parametrize("typed", ["", "abc", "26-7K3Q", "BC26-7K3QX"])
def test_other_words_are_no_receipt(typed: str) -> None:
    assert read_receipt_code(typed) == ()
