"""Opening pictures from outside: whole, upright, and never larger in memory than needed."""

import io
from typing import BinaryIO

from pi_heif import open_heif, options, register_heif_opener
from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from domain.errors import Refusal
from uploads.contents import Content, opened

_HEIF = "HEIF"
_FORMATS = (
    AvifImagePlugin.AvifImageFile.format,
    GifImagePlugin.GifImageFile.format,
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    _HEIF,
)
_ROWS = 64
"""Rows of the reduced picture that are made at a time."""
_ORIENTATION = 0x0112
_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}
_QUALITY = 80
_MOST_PIXELS = 40_000_000
"""Most pixels that are decoded at full size; phones take 12 to 24 million."""
_MOST_JPEG_PIXELS = 200_000_000
"""Most pixels of a JPEG, which is decoded smaller than it is."""

# Each thread of the decoder would reserve address space of which the reading process has little.
options.DECODE_THREADS = 1
register_heif_opener()
# Sizes are checked below, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def open_picture(content: Content, *, side: int) -> Image.Image:
    """Return the picture upright and decoded, with a long side of at least `side` pixels if it has as many.

    Raises Refusal if it cannot be opened, is cut off, or has too many pixels.
    """
    try:
        with opened(content) as stream:
            picture = Image.open(stream, formats=_FORMATS)
            _refuse_pixels(picture)
            if picture.format == _HEIF and max(picture.size) >= 2 * side:
                return _reduced(stream, max(picture.size) // side)
            if picture.format in ("JPEG", "MPO"):
                scale = min(1.0, side / max(picture.size))
                wanted = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
                picture.draft(None, wanted)
            picture.load()
            # In place, for a copy of a large photo would exceed the memory of the reading process.
            ImageOps.exif_transpose(picture, in_place=True)
            return picture
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError) as fault:
        raise Refusal(
            "file-broken", "Ảnh này hỏng hoặc chưa tải hết, không mở được. Anh/chị chụp hoặc lưu lại rồi gửi lại."
        ) from fault


def _reduced(stream: BinaryIO, factor: int) -> Image.Image:
    """Return an iPhone's photo with its sides divided by `factor`; it comes upright.

    Pillow would copy all of it, and 24 million pixels would then take more memory than the reading process has.
    """
    stream.seek(0)
    photo = open_heif(stream, convert_hdr_to_8bit=True)
    wide, high = photo.size
    data, stride, small = memoryview(photo.data), photo.stride, []
    for top in range(0, high, _ROWS * factor):
        rows = min(_ROWS * factor, high - top)
        strip = bytes(data[top * stride : (top + rows) * stride])
        small.append(Image.frombuffer(photo.mode, (wide, rows), strip, "raw", photo.mode, stride, 1).reduce(factor))
    picture = Image.new(photo.mode, (small[0].width, sum(part.height for part in small)))
    for number, part in enumerate(small):
        picture.paste(part, (0, number * _ROWS))
    return picture


def as_jpeg(content: Content, *, side: int) -> bytes:
    """Return the picture as an upright JPEG with a long side of at most `side` pixels, what is transparent white.

    Raises Refusal as `open_picture` does.
    """
    picture = open_picture(content, side=side)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if picture.mode not in ("L", "RGB"):
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper.convert("RGB")
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=_QUALITY, optimize=True)
    return output.getvalue()


def turn_of_picture(content: Content) -> int | None:
    """Return the degrees by which the picture is turned clockwise to stand upright, or None if it is also mirrored."""
    with opened(content) as stream:
        return _TURNS.get(Image.open(stream, formats=_FORMATS).getexif().get(_ORIENTATION, 1))


def is_plain_picture(content: Content) -> bool:
    """Whether the picture is a JPEG, or a PNG without transparency, palette and interlacing."""
    with opened(content) as stream:
        picture = Image.open(stream, formats=_FORMATS)
        if picture.format == PngImagePlugin.PngImageFile.format:
            return picture.mode in ("L", "RGB") and not picture.info.keys() & {"interlace", "transparency"}
        return picture.format == JpegImagePlugin.JpegImageFile.format


def size_of_picture(content: Content) -> tuple[int, int]:
    """Return width and height (pixels) of a picture that `open_picture` opens."""
    with opened(content) as stream:
        return Image.open(stream, formats=_FORMATS).size


def _refuse_pixels(picture: Image.Image) -> None:
    most = _MOST_JPEG_PIXELS if picture.format in ("JPEG", "MPO") else _MOST_PIXELS
    if picture.width * picture.height > most:
        millions = picture.width * picture.height // 1_000_000
        raise Refusal(
            "picture-too-large",
            f"Ảnh này có {millions} triệu điểm ảnh, quá lớn để bot đọc. Anh/chị chụp lại ở cỡ thường "
            f"(nhiều nhất {_MOST_PIXELS // 1_000_000} triệu) hoặc xuất ra JPG rồi gửi.",
        )
