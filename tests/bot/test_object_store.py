import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

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


@dataclass
class S3Bucket:
    """As much of S3 as keeps bytes, on this machine."""

    kept: dict[str, bytes] = field(default_factory=dict)
    signed_by: list[str] = field(default_factory=list)

    async def put(self, request: web.Request) -> web.Response:
        self.signed_by.append(request.headers["Authorization"])
        self.kept[request.path] = await request.read()
        return web.Response(headers={"ETag": '"1"'})

    async def get(self, request: web.Request) -> web.Response:
        headers = {"ETag": '"1"', "Last-Modified": "Tue, 05 May 2026 01:00:00 GMT"}
        return web.Response(body=self.kept[request.path], headers=headers)


@pytest.fixture
async def bucket(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[S3Bucket]:
    bucket = S3Bucket()
    application = web.Application()
    application.add_routes([web.put("/{path:.*}", bucket.put), web.get("/{path:.*}", bucket.get)])
    async with TestServer(application, host="127.0.0.1") as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", str(server.make_url("")))
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_REGION", "ap-southeast-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "officer-key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-told")
        yield bucket


async def test_a_bucket_keeps_files_under_its_prefix(bucket: S3Bucket) -> None:
    shelf = ObjectStore("s3://ho-so/thidua")

    await shelf.save("2026/Phường 5/Tờ trình.pdf", b"content")

    assert bucket.kept == {"/ho-so/thidua/2026/Phường 5/Tờ trình.pdf": b"content"}
    assert await shelf.read("2026/Phường 5/Tờ trình.pdf") == b"content"


async def test_a_bucket_is_opened_with_the_environments_credentials(bucket: S3Bucket) -> None:
    await ObjectStore("s3://ho-so/thidua").save("key", b"content")

    assert bucket.signed_by[0].startswith("AWS4-HMAC-SHA256 Credential=officer-key/")


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
