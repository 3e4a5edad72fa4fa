import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.typed_input.listing import LONGEST_NAME, ROOM, listed, shortened

LONG = [f"Trường Trung học cơ sở Nguyễn Thị Minh Khai số {number}" for number in range(1, 101)]


def test_what_fits_is_listed_in_full() -> None:
    assert listed(["Phường 5", "Phường 6"]) == "Phường 5, Phường 6"


def test_what_does_not_fit_is_counted() -> None:
    said = listed(LONG)

    shown = said.count("Trường")
    assert said.endswith(f" và {100 - shown} đơn vị khác")
    assert len(said) <= ROOM + len(" và 100 đơn vị khác")


def test_at_most_so_many_are_named() -> None:
    assert listed(["A", "B", "C"], most=2, more="tên nữa", separator="; ") == "A; B và 1 tên nữa"


def test_of_no_names_nothing_is_said() -> None:
    assert listed([]) == ""


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [("Trường Mầm non Hoa Sen", 15, "Trường Mầm non…"), ("Trường", 15, "Trường"), ("A" * 30, 15, "A" * 14 + "…")],
)
def test_a_name_is_cut_at_a_word(text: str, most: int, said: str) -> None:
    assert shortened(text, most) == said


@given(st.lists(st.text(min_size=1, max_size=200), max_size=200), st.integers(1, 500))
def test_no_list_outgrows_its_room(names: list[str], room: int) -> None:
    said = listed(names, room=room)

    assert len(said) <= max(room, LONGEST_NAME) + len(" và 200 đơn vị khác")
