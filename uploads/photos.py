"""Photos for pages of a PDF, as the rest of the product knows them: what needs a library is imported at the call.

All but `find_frame` is called in the reading process, which alone loads the libraries.
"""

import mmap
import struct

from uploads.contents import Content

COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
"""{number of colours: PDF name of the colour space}."""
PNG_COLOURS = {0: 1, 2: 3}
"""{kind of a PNG without transparency and palette: number of its colours}."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def insert_photo(before: bytes, photo: bytes, *, place: int) -> bytes:
    """Call `photo_pages.insert_photo`."""
    from uploads import photo_pages

    return photo_pages.insert_photo(before, photo, place=place)


def photo_as_pdf(photo: bytes) -> bytes:
    """Call `photo_pages.photo_as_pdf`."""
    from uploads import photo_pages

    return photo_pages.photo_as_pdf(photo)


def readable_photo(photo: Content, *, beside: int = 0) -> bytes | None:
    """Call `photo_pages.readable_photo`."""
    from uploads import photo_pages

    return photo_pages.readable_photo(photo, beside=beside)


def find_frame(photo: bytes | mmap.mmap) -> tuple[int, int, int]:
    """Return height, width and number of colours from the first frame of a JPEG. Raises LookupError without one."""
    place = 2
    while True:
        while photo[place] == 0xFF and photo[place + 1] in (0xFF, 0x01, *range(0xD0, 0xD9)):
            place += 1 if photo[place + 1] == 0xFF else 2
        marker, length = photo[place + 1], int.from_bytes(photo[place + 2 : place + 4], "big")
        if photo[place] != 0xFF or length < 2:
            raise LookupError("no frame")
        if marker in _FRAMES:
            high, wide, colours = struct.unpack(">HHB", photo[place + 5 : place + 10])
            return high, wide, colours
        place += 2 + length
