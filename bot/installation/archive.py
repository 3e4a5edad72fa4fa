"""A backup is one .zip: the database, the stored files, and a manifest with the SHA-256 of each."""

import hashlib
import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from domain.errors import Refusal

MANIFEST = "manifest.json"
FILES = "files/"
FORMAT = 1
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackupPart:
    name: str
    """Name in the archive: the database's, or files/KEY."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupManifest:
    format: int
    version: str
    """Version of the program that made the backup."""
    database: str
    """Kind of the database: sqlite or postgresql."""
    revision: str
    """Migration at which the database stands."""
    made_at: str
    """Hour in UTC, ISO 8601."""
    made_at_local: str
    parts: tuple[BackupPart, ...]

    @property
    def files(self) -> tuple[BackupPart, ...]:
        return tuple(part for part in self.parts if part.name.startswith(FILES))


class BackupWriter:
    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.parts: list[BackupPart] = []

    def add_database(self, name: str, file: Path) -> None:
        hashed, size = hashlib.sha256(), 0
        with file.open("rb") as source, self._archive.open(_entry(name, ZIP_DEFLATED), "w", force_zip64=True) as target:
            while piece := source.read(_PIECE):
                target.write(piece)
                hashed.update(piece)
                size += len(piece)
        self.parts.append(BackupPart(name, size, hashed.hexdigest()))

    async def add_file(self, key: str, pieces: AsyncIterator[bytes]) -> None:
        """Add a stored file; one that is deleted before it is read is left out."""
        try:
            piece = await anext(pieces, b"")
        except FileNotFoundError:
            return
        hashed, size, name = hashlib.sha256(), 0, f"{FILES}{key}"
        # Scans and photos are compressed already.
        with self._archive.open(_entry(name, ZIP_STORED), "w", force_zip64=True) as target:
            while piece:
                target.write(piece)
                hashed.update(piece)
                size += len(piece)
                piece = await anext(pieces, b"")
        self.parts.append(BackupPart(name, size, hashed.hexdigest()))

    def close(self, manifest: BackupManifest) -> None:
        self._archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def _entry(name: str, compression: int) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry


@contextmanager
def new_backup(file: Path) -> Iterator[BackupWriter]:
    """Write a backup that appears under its name only when it is complete, readable by its owner alone.

    Raises Refusal if there is a file of this name, or it cannot be written.
    """
    if file.exists():
        raise Refusal("backup-exists", f"{file} đã có. Anh/chị chọn tên khác.")
    draft = file.with_name(f"{file.name}.part")
    try:
        with open(draft, "wb", opener=_for_owner) as stream:
            with ZipFile(stream, "w", allowZip64=True) as archive:
                yield BackupWriter(archive)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError as error:
        raise Refusal("backup-unwritten", f"Không ghi được bản sao lưu {file}: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class BackupReader:
    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.manifest = _manifest(archive)

    def verify(self) -> None:
        """Read every part once. Raises Refusal for the first that is missing, altered or not in the manifest."""
        held, listed = set(self._archive.namelist()) - {MANIFEST}, {part.name for part in self.manifest.parts}
        if odd := sorted(held ^ listed):
            raise Refusal("backup-incomplete", f"Bản sao lưu thiếu hoặc thừa phần: {odd[0]}. Anh/chị dùng bản khác.")
        for part in self.manifest.parts:
            hashed = hashlib.sha256()
            for piece in self.pieces(part.name):
                hashed.update(piece)
            if hashed.hexdigest() != part.sha256 or not _is_plain(part.name):
                raise _altered(part.name)

    def pieces(self, name: str) -> Iterator[bytes]:
        try:
            with self._archive.open(name) as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except (BadZipFile, EOFError, ValueError) as error:
            raise _altered(name) from error

    def extract(self, name: str, into: Path) -> None:
        """Write one part to a file that its owner alone may read."""
        with open(into, "wb", opener=_for_owner) as target:
            target.writelines(self.pieces(name))
            target.flush()
            os.fsync(target.fileno())


def _is_plain(name: str) -> bool:
    """Whether a name stays within its folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and str(path) == name


def _altered(name: str) -> Refusal:
    return Refusal("backup-altered", f"Bản sao lưu đã hỏng hoặc bị sửa: {name}. Anh/chị dùng bản khác.")


@contextmanager
def open_backup(file: Path) -> Iterator[BackupReader]:
    """Raises Refusal if the file is no backup of this program."""
    try:
        with ZipFile(file) as archive:
            yield BackupReader(archive)
    except BadZipFile as error:
        raise _not_ours(file) from error
    except OSError as error:
        raise Refusal("backup-missing", f"Không đọc được {file}: {error.strerror or error}.") from error


def _manifest(archive: ZipFile) -> BackupManifest:
    try:
        found = json.loads(archive.read(MANIFEST))
        if found["format"] != FORMAT:
            raise Refusal("backup-newer", "Bản sao lưu này do một bản thidua mới hơn tạo ra. Anh/chị chạy đúng bản đó.")
        return BackupManifest(**{**found, "parts": tuple(BackupPart(**part) for part in found["parts"])})
    except (KeyError, TypeError, ValueError) as error:
        raise _not_ours(Path(archive.filename or "")) from error


def _not_ours(file: Path) -> Refusal:
    return Refusal("backup-unread", f"{file} không phải bản sao lưu của thidua (thidua backup).")
