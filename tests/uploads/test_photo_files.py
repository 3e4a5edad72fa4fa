"""Photos on disk joined into one PDF on disk: each upright on a page of its own, its data unchanged."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.support import files
from tests.support.papers import pictures
from tests.support.refusals import refused
from uploads.photo_files import join_photos

ORIENTATION = 0x0112


def photo(path: Path, mode: str = "RGB", *, turned: int | None = None, kind: str = "JPEG") -> Path:
    """Write a photo, 40 wide and 30 high, whose left half is dark; `turned` is what its camera notes."""
    picture = Image.new(mode, (40, 30), 255 if mode in ("L", "1") else (250, 240, 230, 0)[: len(mode)])
    picture.paste(0 if mode in ("L", "1") else (10, 20, 30, 40)[: len(mode)], (0, 0, 20, 30))
    notes = Image.Exif()
    if turned is not None:
        notes[ORIENTATION] = turned
    picture.save(path, kind, exif=notes)
    return path


def joined(tmp_path: Path, *photos: Path) -> PdfReader:
    join_photos(photos, tmp_path / "one.pdf")
    return PdfReader(BytesIO((tmp_path / "one.pdf").read_bytes()), strict=True)


def test_each_photo_is_a_page_with_its_own_data(tmp_path: Path) -> None:
    photos = [photo(tmp_path / "1.jpg"), photo(tmp_path / "2.jpg", "L"), photo(tmp_path / "3.png", kind="PNG")]

    read = joined(tmp_path, *photos)

    assert len(read.pages) == 3
    assert [page.images[0].image.size for page in read.pages] == [(40, 30)] * 3  # type: ignore[union-attr]
    assert photos[0].read_bytes() in (tmp_path / "one.pdf").read_bytes()
    shades = [page.images[0].image.convert("L").getpixel((5, 15)) for page in read.pages]  # type: ignore[union-attr]
    assert all(isinstance(shade, int) and shade < 40 for shade in shades)


@pytest.mark.parametrize(("noted", "turn"), [(None, 0), (1, 0), (3, 180), (6, 90), (8, 270), (2, 0), (99, 0)])
def test_a_photo_stands_as_its_camera_was_held(tmp_path: Path, noted: int | None, turn: int) -> None:
    read = joined(tmp_path, photo(tmp_path / "1.jpg", turned=noted))

    assert read.pages[0].rotation == turn


def test_a_page_is_as_large_as_paper_and_shaped_like_its_photo(tmp_path: Path) -> None:
    (page,) = joined(tmp_path, photo(tmp_path / "1.jpg")).pages

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (793, 595)


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(1),
        b"\xff\xd8\xff",
        b"\xff\xd8" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(60),
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        b"x",
    ],
    ids=["pdf", "cut off", "zeros", "png of zeros", "endless png", "letter"],
)
def test_what_is_no_photo_is_named_by_its_number(tmp_path: Path, content: bytes) -> None:
    good, bad = photo(tmp_path / "1.jpg"), tmp_path / "2.jpg"
    bad.write_bytes(content)

    with refused("photo-not-joined") as caught:
        join_photos([good, bad], tmp_path / "one.pdf")

    assert "ảnh thứ 2" in caught.value.text
    assert not (tmp_path / "one.pdf").exists()


def test_what_is_no_plain_photo_becomes_a_readable_one(tmp_path: Path) -> None:
    clear, iphone, huge = photo(tmp_path / "1.png", "RGBA", kind="PNG"), tmp_path / "2.heic", tmp_path / "3.jpg"
    iphone.write_bytes(files.heic())
    huge.write_bytes(pictures.photo(pictures.page(), side=4_000))

    images = [page.images[0].image for page in joined(tmp_path, clear, iphone, huge).pages]

    assert [image and image.size for image in images] == [(40, 30), (640, 960), (1654, 2339)]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
