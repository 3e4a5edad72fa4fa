import pytest

from domain.errors import Refusal
from domain.people.people import begins_with_name, fits_as_name, read_name, read_phone, read_position, usual_positions
from domain.roles import Role
from tests.support.refusals import refused


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Cán bộ   Phường 5 ", "Cán bộ Phường 5"),
        ("Ca\u0301n bo\u0323\u0302", "Cán bộ"),
        ("H'Mông - Ê Đê", "H'Mông - Ê Đê"),
    ],
)
def test_name_is_kept_as_written_and_tidied(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "A", "12345", "<b>Tên</b>", "/menu", "👍👍", "x" * 81])
def test_what_cannot_be_a_name_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="Họ tên"):
        read_name(typed)

    assert not fits_as_name(typed)


@pytest.mark.parametrize("typed", ["", "1", "123", "x" * 121])
def test_what_cannot_be_a_position_is_refused(typed: str) -> None:
    with refused("position-unread"):
        read_position(typed)


@pytest.mark.parametrize("role", Role)
def test_every_usual_position_can_be_taken(role: Role) -> None:
    positions = usual_positions(role)

    assert [read_position(position) for position in positions] == list(positions)
    assert 4 <= len(positions) <= 5


@pytest.mark.parametrize("given", ["+84900000001", "84900000001", "0900000001", "090 000 0001", "(090) 000-0001"])
def test_phone_is_kept_in_one_spelling(given: str) -> None:
    assert read_phone(given) == "+84900000001"


@pytest.mark.parametrize("given", ["", "123", "+1202555017", "0000000000", "09000000011111", "số của tôi"])
def test_what_is_no_vietnamese_phone_is_refused(given: str) -> None:
    with refused("phone-unread"):
        read_phone(given)


@pytest.mark.parametrize(
    ("line", "is_meant"),
    [
        ("Cán bộ A", True),
        ("cán bộ a, Phó Chủ tịch UBND", True),
        ("Cán bộ A (Phường 5)", True),
        ("Cán bộ An", False),
        ("Tập thể Cán bộ A", False),
        ("Cán", False),
    ],
)
def test_a_line_of_nominees_is_about_whom_it_begins_with(line: str, is_meant: bool) -> None:
    assert begins_with_name(line, "Cán bộ A") is is_meant
