"""Pictures are opened upright and no larger than needed."""

import pytest

from tests.support import files
from tests.support.papers import pictures
from uploads.pictures import as_jpeg, open_picture


def test_iphones_photo_is_made_smaller_in_pieces_that_fit_together() -> None:
    whole, small = open_picture(files.heic(), side=1000), open_picture(files.heic(), side=300)

    assert small.tobytes() == whole.reduce(3).tobytes()


@pytest.mark.parametrize(("turned", "size"), [(1, (905, 1280)), (3, (905, 1280)), (6, (1280, 905)), (8, (1280, 905))])
def test_picture_stands_upright(turned: int, size: tuple[int, int]) -> None:
    photo = pictures.photo(pictures.page(), turned=turned)

    assert open_picture(photo, side=1280).size == size


def test_photo_is_decoded_no_larger_than_needed() -> None:
    photo = pictures.photo(pictures.page(), side=4000)

    assert max(open_picture(photo, side=1000).size) == 1000
    assert max(open_picture(as_jpeg(photo, side=2339), side=4000).size) == 2339
