import os
from pathlib import Path

import pytest

from bot.object_store import ObjectStore


async def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    shelf = ObjectStore(str(tmp_path / "files"))

    await shelf.save("2026/5/1/abc", b"content")

    assert await shelf.read("2026/5/1/abc") == b"content"


async def test_keys_may_be_vietnamese(tmp_path: Path) -> None:
    shelf = ObjectStore(str(tmp_path))

    await shelf.save("2026/Phường 5/Tờ trình, có xác nhận.pdf", b"content")

    assert await shelf.read("2026/Phường 5/Tờ trình, có xác nhận.pdf") == b"content"


async def test_saving_again_leaves_the_newest(tmp_path: Path) -> None:
    shelf = ObjectStore(str(tmp_path))
    await shelf.save("key", b"first")

    await shelf.save("key", b"second")

    assert await shelf.read("key") == b"second"


async def test_no_key_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"not for the shelf")
    shelf = ObjectStore(str(tmp_path / "files"))

    with pytest.raises(Exception, match=r"\.\."):
        await shelf.read("../secret")


async def test_what_was_never_saved_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await ObjectStore(str(tmp_path)).read("nothing")


async def test_a_saved_file_and_its_folders_are_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    sync = os.fsync

    def note(handle: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        sync(handle)

    monkeypatch.setattr(os, "fsync", note)

    await ObjectStore(str(tmp_path)).save("2026/Phường 5/abc", b"content")

    folders = [tmp_path / "2026/Phường 5", tmp_path / "2026", tmp_path]
    assert synced == [str(path) for path in (tmp_path / "2026/Phường 5/abc", *folders)]


async def test_file_on_disk_is_stored_piece_by_piece(tmp_path: Path) -> None:
    large, shelf = tmp_path / "large", ObjectStore(str(tmp_path / "files"))
    large.write_bytes(bytes(range(256)) * 50_000)

    await shelf.save("2026/x", large)

    assert await shelf.read("2026/x") == large.read_bytes()
