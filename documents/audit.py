"""The trail as a bundle that anybody verifies without this project, and without a network."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from domain.audit import AuditEntry, ChainHead, canonical
from domain.errors import Refusal

_READY_MADE = Path(__file__).parent / "audit_bundle"
_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of receipts that are held in memory before they go to a temporary file."""


class Bundle:
    """Receipts and files if any, then the entries, then the head, and it is whole."""

    def __init__(self, archive: ZipFile, receipts: IO[bytes]) -> None:
        self._archive = archive
        self._receipts = receipts
        self._files: set[str] = set()
        self._lines: IO[bytes] | None = None

    def add_receipt(self, receipt: Mapping[str, object]) -> None:
        self._receipts.write(_line(receipt))

    def add_file(self, sha256: str, content: bytes) -> None:
        """A file is kept once, under the SHA-256 that it had when it was handed in."""
        if sha256 not in self._files:
            self._files.add(sha256)
            self._archive.writestr(_info(f"files/{sha256}"), content)

    def add(self, entry: AuditEntry) -> None:
        if self._lines is None:
            self._lines = self._archive.open(_info("trail.jsonl"), "w", force_zip64=True)
        self._lines.write(_line(asdict(entry)))

    def close(self, head: ChainHead) -> None:
        self.end()
        self._receipts.seek(0)
        self._archive.writestr(_info("receipts.jsonl"), self._receipts.read())
        self._archive.writestr(_info("head.json"), canonical(asdict(head)))
        for file in sorted(_READY_MADE.glob("*.*")):
            self._archive.writestr(_info(file.name), file.read_bytes())

    def end(self) -> None:
        """No entry follows."""
        if self._lines is not None:
            self._lines.close()


def _line(value: Mapping[str, object]) -> bytes:
    # Text that is none is written as a question mark: whoever verifies the bundle sees that it was altered.
    return f"{canonical(value)}\n".encode(errors="replace")


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


@contextmanager
def open_bundle(file: Path) -> Iterator[Bundle]:
    """A new file; refuses to write over another, and leaves none behind when something goes wrong."""
    try:
        target = file.open("xb")
    except FileExistsError:
        raise Refusal("file-exists", f"{file} đã có. Anh/chị chọn tên khác.") from None
    except OSError as error:
        raise Refusal("file-unwritable", f"{file}: không ghi được ({error.strerror}).") from error
    try:
        with target, ZipFile(target, "w") as archive, SpooledTemporaryFile(_IN_MEMORY) as receipts:
            bundle = Bundle(archive, receipts)
            try:
                yield bundle
            finally:
                bundle.end()
    except BaseException:
        file.unlink()
        raise


def read_head(file: Path) -> ChainHead:
    """Where the trail ended when this bundle was written."""
    try:
        with ZipFile(file) as archive:
            head = json.loads(archive.read("head.json"))
        return ChainHead(int(head["count"]), str(head["hash"]))
    except (OSError, BadZipFile, ValueError, KeyError, TypeError) as error:
        raise Refusal("bundle-unknown", f"{file} không phải tệp do «thidua audit export» xuất ra.") from error
