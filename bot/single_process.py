"""One process at a time on one SQLite file: a second one would handle a chat's updates at the same time."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from domain.errors import Refusal

_SIDES = {"bot": "bot", "scheduler": "bộ nhắc hạn"}


@contextmanager
def only_process(database_url: str, *, bot: bool, scheduler: bool) -> Iterator[None]:
    """Lock the parts that this process runs; a database server needs no lock.

    The operating system releases the lock with the process, however it ends. Raises Refusal if another process on this
    machine runs one of these parts on the same file, or its folder cannot be written.
    """
    url = make_url(database_url)
    with ExitStack() as held:
        if url.drivername.startswith("sqlite") and url.database and url.database != ":memory:":
            for side, runs in (("bot", bot), ("scheduler", scheduler)):
                if runs:
                    held.enter_context(_lock(Path(url.database), side))
        yield


@contextmanager
def _lock(database: Path, side: str) -> Iterator[None]:
    with ExitStack() as opened:
        try:
            file = opened.enter_context(database.with_name(f"{database.name}.{side}.lock").open("w"))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal(
                "process-already-running",
                f"Đã có một tiến trình chạy {_SIDES[side]} trên {database}. Mỗi tệp SQLite chỉ một tiến trình: "
                "anh/chị dừng tiến trình kia rồi chạy lại, hoặc dùng PostgreSQL để chạy nhiều tiến trình.",
            ) from error
        except OSError as error:
            raise Refusal(
                "database-folder-unwritable",
                f"Không ghi được vào thư mục của cơ sở dữ liệu: {database.parent} ({error.strerror}).",
            ) from error
        yield
