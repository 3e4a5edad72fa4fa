"""Blurred and blank pages are told from sharp ones, whatever is on them and however they were taken."""

from itertools import product

import pytest

from tests.support.papers import pictures
from uploads.pictures import open_picture
from uploads.sharpness import LOOKED_AT, as_looked_at, is_blank, is_blurred

pytestmark = pytest.mark.long

WRITTEN = ("dense", "few", "large", "small")


def seen(file: bytes) -> tuple[bool, bool]:
    """Return whether the picture is blank and whether it is blurred."""
    grey = as_looked_at(open_picture(file, side=LOOKED_AT))
    return is_blank(grey), is_blurred(grey)


@pytest.mark.parametrize(("kind", "lies_on_desk"), tuple(product(WRITTEN, (True, False))))
def test_readable_page_passes_and_one_out_of_focus_does_not(kind: str, lies_on_desk: bool) -> None:
    page = pictures.page(kind)
    taken = pictures.on_desk(page) if lies_on_desk else page
    readable = [pictures.photo(pictures.blurred(taken, radius)) for radius in (0, 1.2)]
    unreadable = [pictures.photo(pictures.blurred(taken, radius)) for radius in (2.5, 4)]

    assert [seen(file) for file in readable] == [(False, False)] * 2
    assert [seen(file) for file in unreadable] == [(False, True)] * 2


@pytest.mark.parametrize("kind", WRITTEN)
def test_noise_little_light_and_size_change_nothing(kind: str) -> None:
    desk = pictures.on_desk(pictures.page(kind))
    sharp, soft = pictures.noisy(desk, 6, light=0.5), pictures.noisy(pictures.blurred(desk, 3), 4)

    assert [seen(pictures.photo(sharp, side=side)) for side in (960, 2560)] == [(False, False)] * 2
    assert seen(pictures.photo(soft)) == (False, True)


@pytest.mark.parametrize("noise", [1, 4, 8])
def test_page_without_ink_is_blank(noise: float) -> None:
    assert seen(pictures.photo(pictures.noisy(pictures.page("blank"), noise)))[0]


def test_page_with_one_word_is_not_blank() -> None:
    page = pictures.page("blank").copy()
    page.paste(pictures.page("dense").crop((150, 100, 260, 150)), (500, 700))

    assert not seen(pictures.photo(page))[0]
