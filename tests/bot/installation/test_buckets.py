"""Files in a bucket of an S3-compatible server: kept, and what is said when the bucket does not serve."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import wait_for_files
from bot.installation.backup import make_backup, restore_backup
from bot.installation.findings import checked
from bot.installation.machine_checks import check_files
from bot.object_store import BucketRefused, BucketUnreachable, ObjectStore
from bot.settings import Settings
from domain.errors import Refusal
from tests.support.files import pdf
from tests.support.founded import START, copy_founded
from tests.support.refusals import refused
from tests.support.servers.buckets import BUCKET, BucketServer, bucket_server
from tests.support.servers.gates import gate_to
from tests.support.stage import staged

PLACE = f"s3://{BUCKET}/thidua"
NOW = datetime(2026, 5, 5, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    with bucket_server() as server:
        yield server


@pytest.fixture(autouse=True)
def environment(server: BucketServer, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


async def test_a_bucket_keeps_files_under_its_prefix() -> None:
    store, whole = ObjectStore(f"s3://{BUCKET}/giu"), ObjectStore(f"s3://{BUCKET}")

    await store.save("2026/Phường 5/Tờ trình, có xác nhận.pdf", b"content")
    kept = [key async for key in whole.list_keys() if key.startswith("giu/")]

    assert await store.read("2026/Phường 5/Tờ trình, có xác nhận.pdf") == b"content"
    assert [key async for key in store.list_keys()] == ["2026/Phường 5/Tờ trình, có xác nhận.pdf"]
    assert kept == ["giu/2026/Phường 5/Tờ trình, có xác nhận.pdf"]
    await store.delete("2026/Phường 5/Tờ trình, có xác nhận.pdf")
    assert [key async for key in store.list_keys()] == []


async def test_what_is_not_there_is_missing_and_may_be_deleted() -> None:
    store = ObjectStore(PLACE)

    with pytest.raises(FileNotFoundError):
        await store.read("nothing")
    with pytest.raises(FileNotFoundError):
        await anext(store.stream("nothing"))
    await store.delete("nothing")


async def test_a_file_of_sixty_megabytes_goes_and_comes_piece_by_piece(tmp_path: Path) -> None:
    large, store = tmp_path / "large", ObjectStore(PLACE)
    large.write_bytes(bytes(range(250)) * 240_000)

    await store.save("2026/large", large)
    pieces = [piece async for piece in store.stream("2026/large")]

    assert b"".join(pieces) == large.read_bytes()
    assert max(map(len, pieces)) < 8 * 1024 * 1024
    await store.delete("2026/large")


KEYS = "máy chủ không nhận AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, hoặc khóa thiếu quyền"
WRONG = {
    "a wrong secret": ({"AWS_SECRET_ACCESS_KEY": "wrong"}, PLACE, KEYS),
    "an unknown key": ({"AWS_ACCESS_KEY_ID": "AKIAUNKNOWNUNKNOWN00"}, PLACE, KEYS),
    "no such bucket": ({}, "s3://khong-co/thidua", "không có bucket này"),
    "http unsaid": ({"AWS_ALLOW_HTTP": "false"}, PLACE, "cần thêm AWS_ALLOW_HTTP=true"),
}


@pytest.mark.parametrize(("variables", "address", "words"), WRONG.values(), ids=WRONG)
async def test_a_bucket_that_lets_nobody_in_is_refused_in_words(
    environment: pytest.MonkeyPatch, variables: dict[str, str], address: str, words: str
) -> None:
    for name, value in variables.items():
        environment.setenv(name, value)
    store = ObjectStore(address)

    with refused("file-store-refused") as at_the_start:
        await wait_for_files(address)
    for act in (store.save("key", b"content"), store.read("key"), anext(store.stream("key")), anext(store.list_keys())):
        with pytest.raises(BucketRefused, match=words):
            await act
    (found,) = await checked("Nơi lưu tệp", lambda: check_files(Settings(files=address)))

    assert words in at_the_start.value.text
    assert found.is_wrong
    assert words in found.text


async def test_a_key_that_may_only_read_is_found_by_the_doctor(
    environment: pytest.MonkeyPatch, server: BucketServer
) -> None:
    for name, value in server.reader.items():
        environment.setenv(name, value)

    (found,) = await checked("Nơi lưu tệp", lambda: check_files(Settings(files=PLACE)))

    assert found.is_wrong
    assert "khóa thiếu quyền" in found.text


async def test_no_address_of_a_server_is_refused_before_anything_is_asked(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("AWS_ENDPOINT_URL", "kho của tỉnh")

    with refused("file-store-unopened") as refusal:
        await wait_for_files(PLACE)

    assert "AWS_ENDPOINT_URL «kho của tỉnh» không phải địa chỉ" in refusal.value.text


async def test_a_server_that_does_not_answer_is_waited_for(
    environment: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    environment.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    waiting = asyncio.create_task(wait_for_files(PLACE))
    async with asyncio.timeout(30):
        while "the file store cannot be reached, trying on" not in caplog.text:  # noqa: ASYNC110 (a log has no event)
            await asyncio.sleep(0.05)

    with pytest.raises(BucketUnreachable, match="máy chủ của bucket không trả lời"):
        await ObjectStore(PLACE).save("key", b"content")
    assert not waiting.done()
    waiting.cancel()


async def test_an_upload_that_finds_no_server_is_done_as_soon_as_there_is_one(
    environment: pytest.MonkeyPatch, server: BucketServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    environment.setenv("THIDUA_FILES", PLACE)
    async with AsyncExitStack() as stack:
        gate = await stack.enter_async_context(gate_to(int(server.url.rpartition(":")[2])))
        gate.shut()
        environment.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{gate.port}")
        stage = await stack.enter_async_context(staged(tmp_path))
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        await officer.send("/viec")
        await officer.press(next(label for label in await officer.buttons() if "Kế hoạch" in label))
        await officer.post_file("KH_2026.pdf", pdf(2), kind="document")
        async with asyncio.timeout(30):
            while "is tried again" not in caplog.text:  # noqa: ASYNC110 (a log has no event)
                await asyncio.sleep(0.05)
        gate.open()
        # The pauses between two tries grow to fifteen seconds.
        assert (await stage.post("/sandbox/idle", timeout=60))["idle"]
        said = [str(message["text"]) for message in await officer.messages() if message["from"]["is_bot"]]
        stored = [key async for key in ObjectStore(PLACE).list_keys()]

    assert said[-2].endswith("bot tự làm lại ngay."), said
    assert "KH_2026.pdf" in said[-1]
    assert len(stored) == 1


async def test_an_installation_with_a_bucket_is_saved_and_restored(tmp_path: Path) -> None:
    await copy_founded(tmp_path / "here", at=START)
    here = Settings(data=tmp_path / "here", files=f"s3://{BUCKET}/o-day")
    there = Settings(data=tmp_path / "there", files=f"s3://{BUCKET}/cho-khac")
    for number in range(3):
        await ObjectStore(here.shelf).save(f"2026/{number}", bytes([number]) * 6_000_000)
    await ObjectStore(there.shelf).save("2026/other", b"of another installation")

    await make_backup(here, tmp_path / "backup.zip", now=NOW)
    with pytest.raises(Refusal, match="Nơi này đã có dữ liệu"):
        await restore_backup(there, tmp_path / "backup.zip", replace=False)
    await restore_backup(there, tmp_path / "backup.zip", replace=True)

    restored = ObjectStore(there.shelf)
    assert sorted([key async for key in restored.list_keys()]) == ["2026/0", "2026/1", "2026/2"]
    assert await restored.read("2026/2") == bytes([2]) * 6_000_000


async def test_a_backup_without_its_bucket_ends_in_words(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    await copy_founded(tmp_path, at=START)
    environment.setenv("AWS_SECRET_ACCESS_KEY", "wrong")

    with refused("file-store-failed") as refusal:
        await make_backup(Settings(data=tmp_path, files=PLACE), tmp_path / "backup.zip", now=NOW)

    assert KEYS in refusal.value.text
    assert not (tmp_path / "backup.zip").exists()
