"""Audit log as a bundle that anybody can verify without this project and without a network."""

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
"""Bytes of receipts held in memory before they go to a temporary file."""


class Bundle:
    """Bundle to be filled in order: receipts and files if any, then the log's entries, then its head."""

    def __init__(self, archive: ZipFile, receipts: IO[bytes]) -> None:
        self._archive = archive
        self._receipts = receipts
        self._files: set[str] = set()
        self._lines: IO[bytes] | None = None

    def add_receipt(self, receipt: Mapping[str, object]) -> None:
        self._receipts.write(_line(receipt))

    def add_file(self, sha256: str, content: bytes) -> None:
        """Add a file once, under the SHA-256 that it had when it was submitted."""
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
        """End the entries."""
        if self._lines is not None:
            self._lines.close()


def _line(value: Mapping[str, object]) -> bytes:
    # An invalid character is written as a question mark; a check of the bundle then finds it altered.
    return f"{canonical(value)}\n".encode(errors="replace")


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


@contextmanager
def open_bundle(file: Path) -> Iterator[Bundle]:
    """Create a bundle. Raises Refusal if the file exists or cannot be written; leaves no file behind on an error."""
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
    """Return the head of the log when this bundle was written. Raises Refusal if the file is no bundle."""
    try:
        with ZipFile(file) as archive:
            head = json.loads(archive.read("head.json"))
        return ChainHead(int(head["count"]), str(head["hash"]))
    except (OSError, BadZipFile, ValueError, KeyError, TypeError) as error:
        raise Refusal("bundle-unknown", f"{file} không phải tệp do «thidua audit export» xuất ra.") from error
