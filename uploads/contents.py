"""Content of an uploaded file: bytes at hand, or a file on disk that is read piece by piece and never held whole."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

Content = bytes | Path

_PIECE = 1024 * 1024
"""Bytes read at a time."""


def size_of(content: Content) -> int:
    """Return the size (bytes)."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


@contextmanager
def opened(content: Content) -> Iterator[BinaryIO]:
    if isinstance(content, bytes):
        yield io.BytesIO(content)
    else:
        with content.open("rb") as stream:
            yield stream


def beginning_of(content: Content, length: int) -> bytes:
    """Return the first `length` bytes, or all of a shorter file."""
    if isinstance(content, bytes):
        return content[:length]
    with content.open("rb") as stream:
        return stream.read(length)


def end_of(content: Content, length: int) -> bytes:
    """Return the last `length` bytes, or all of a shorter file."""
    with opened(content) as stream:
        stream.seek(max(0, size_of(content) - length))
        return stream.read(length)


def digest_of(content: Content) -> str:
    """Return the SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    for piece in _pieces(content, overlap=0):
        digest.update(piece)
    return digest.hexdigest()


def count_in(content: Content, sign: bytes) -> int:
    """Return how often the bytes of `sign` occur."""
    return sum(piece.count(sign) for piece in _pieces(content, overlap=len(sign) - 1))


def is_in(content: Content, sign: bytes) -> bool:
    return any(sign in piece for piece in _pieces(content, overlap=len(sign) - 1))


def _pieces(content: Content, *, overlap: int) -> Iterator[bytes]:
    """Yield the content in pieces, each beginning with the last `overlap` bytes of the one before."""
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as stream:
        kept = b""
        while piece := stream.read(_PIECE):
            yield kept + piece
            kept = piece[-overlap:] if overlap else b""
