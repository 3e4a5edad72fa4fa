"""Whether a picture of a page is blank or blurred, measured on its edges.

Thresholds were tried on generated pages: dense and sparse text, tables, large letters and small print, on a desk and
without, with noise, JPEG compression and little light (`tests/uploads/test_sharpness.py`).
"""

from PIL import Image, ImageFilter, ImageStat

LOOKED_AT = 1000
"""Long side to which a picture is scaled (pixels); a page of 14-point type is still readable."""
_AGAIN = ImageFilter.GaussianBlur(1.5)
_SMOOTH = ImageFilter.GaussianBlur(0.5)
_ACROSS = ImageFilter.Kernel((3, 3), (0, 0, 0, -1, 0, 1, 0, 0, 0), scale=2, offset=128)
_DOWN = ImageFilter.Kernel((3, 3), (0, -1, 0, 0, 0, 0, 0, 1, 0), scale=2, offset=128)
_SLOPE = [abs(value - 128) for value in range(256)]
_FRAME = 4
"""Pixels at the border, where filters have no neighbours."""
_STEEPEST = 0.01
"""Share of the pixels that count as edges."""
_LEAST_LOSS = 1.45
"""An edge of a sharp page loses at least this factor of its slope when blurred; a blurred one has less to lose."""
_FAINTEST_EDGE = 5
_INK = 12
"""Slope of the faintest ink; the grain of paper and sensor is flatter."""
_LEAST_INK = 0.0002
"""Share of the pixels that the ink of one short word takes."""


def as_looked_at(picture: Image.Image) -> Image.Image:
    """Return the picture in grey, scaled for the other functions."""
    scale = LOOKED_AT / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.convert("L").resize(size, Image.Resampling.LANCZOS)


def is_blank(grey: Image.Image) -> bool:
    """Whether there is nothing on the page: neither ink, nor grey bands where lines are out of focus."""
    return not _has_ink(grey.filter(_SMOOTH), faintest=_INK) and not _has_ink(grey.reduce(4), faintest=_INK // 3)


def _has_ink(grey: Image.Image, *, faintest: int) -> bool:
    slopes = _slopes(grey, _DOWN).histogram()
    return sum(slopes[faintest:]) >= _LEAST_INK * sum(slopes)


def is_blurred(grey: Image.Image) -> bool:
    """Whether the edges of a page that is not blank hardly lose slope by blurring: they are blurred already."""
    once = grey.filter(_SMOOTH)
    again = once.filter(_AGAIN)
    losses = [_loss(once, again, direction) for direction in (_ACROSS, _DOWN)]
    # A page of rules only has edges in one direction.
    return all(loss is None for loss in losses) or any(loss is not None and loss < _LEAST_LOSS for loss in losses)


def _loss(once: Image.Image, again: Image.Image, direction: ImageFilter.Kernel) -> float | None:
    """Return the factor by which the steepest pixels lose slope, or None if there are too few edges to tell."""
    slopes, flatter = _slopes(once, direction), _slopes(again, direction)
    limit = _limit(slopes.histogram())
    if limit < _FAINTEST_EDGE:
        return None
    edges = slopes.point([255 if slope >= limit else 0 for slope in range(256)])
    return ImageStat.Stat(slopes, edges).mean[0] / max(0.1, ImageStat.Stat(flatter, edges).mean[0])


def _slopes(grey: Image.Image, direction: ImageFilter.Kernel) -> Image.Image:
    frame = (_FRAME, _FRAME, max(_FRAME + 1, grey.width - _FRAME), max(_FRAME + 1, grey.height - _FRAME))
    return grey.filter(direction).point(_SLOPE).crop(frame)


def _limit(slopes: list[int]) -> int:
    """Return the slope that only the steepest pixels reach."""
    left = sum(slopes) * _STEEPEST
    for slope in range(255, 0, -1):
        left -= slopes[slope]
        if left <= 0:
            return slope
    return 0
