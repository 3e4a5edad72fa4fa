import pytest

from domain.typed_input.inert import inert


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Trường Mầm non Hoa Sen", "Trường Mầm non Hoa Sen"),
        ("hồ sơ\u202efdp.exe", "hồ sơfdp.exe"),
        ("Lê\u200b Văn\ufeff Tư\u2069", "Lê Văn Tư"),
        ("👩\u200d🏫 cô giáo", "👩\u200d🏫 cô giáo"),
        ("hai\ndòng\t\x00", "hai\ndòng\t"),
        ("nửa \ud83d chữ", "nửa  chữ"),
    ],
)
def test_hidden_marks_go_and_what_is_read_stays(typed: str, shown: str) -> None:
    assert inert(typed) == shown
