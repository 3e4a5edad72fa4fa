"""Invite as a QR code, to be photographed from paper or from another phone."""

from io import BytesIO, StringIO

import segno

_DOTS_PER_MODULE = 10
_QUIET_ZONE = 4


def draw_invite(link: str) -> bytes:
    """Return the link's QR code as PNG, with medium error correction for print."""
    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=_DOTS_PER_MODULE, border=_QUIET_ZONE)
    return picture.getvalue()


def print_invite(link: str) -> str:
    """Return the link's QR code in characters, for a terminal."""
    lines = StringIO()
    segno.make(link, error="l", micro=False).terminal(out=lines, compact=True)
    return lines.getvalue()
