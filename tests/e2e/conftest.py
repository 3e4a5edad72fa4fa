"""What the tests below share in one run."""

import fcntl
import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def opened_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a demo that was opened on 5 May 2026 at 08:00, to be copied; the first worker that asks makes it."""
    from tests.e2e.opened_demo import open_once
    from tests.support.servers.forking import fork

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "opened-demo"
    with (shared / "opened-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            process = fork(open_once, str(folder), out=1, err=2)
            process.join()
            assert process.exitcode == 0
    return folder
