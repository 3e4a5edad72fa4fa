"""Run a function on bytes from outside in a process of its own, with bounds on time and memory.

Readers of PDF and Excel can be led to work for minutes, or to fill gigabytes, by a file of a few kilobytes. What a
file says of itself cannot be trusted, so the bound is not on the file but on the process that reads it.
"""

import atexit
import logging
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar, cast

from domain.errors import Refusal

MOST_SECONDS = 4.0
"""Of the processor, for one file; a report of twenty megabytes takes less than one."""
_MOST_WAITING = 20.0
"""Seconds by the clock, where the machine has much else to do."""
MOST_MEMORY = 224 * 1024 * 1024
"""In bytes, beyond what the process holds when it starts."""
_START_SECONDS = 60.0
_PROGRAM = "from uploads.bounded import serve_until_left; serve_until_left()"
_TOO_MUCH = (
    "Tệp này mở ra quá lớn hoặc quá phức tạp nên bot không đọc. "
    "Anh/chị xuất lại thành PDF, hoặc xóa các trang, các ô không dùng, rồi gửi lại."
)


class ReadingFailed(Exception):  # noqa: N818 (what the file is like, not a fault of ours)
    """The function stumbled over what it read; the text names its error."""


logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def run_bounded(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function of a module, and return what it does.

    Raises Refusal when it does, or when it exceeds a bound; ReadingFailed for all else. Arguments and the answer are
    copied between processes. It blocks: callers keep it off the event loop.
    """
    return cast(T, _reader().call(pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)))


@cache
def _reader() -> "_Reader":
    # One for the whole process: it takes a fifth of a second to start, and a few milliseconds to ask again.
    return _Reader()


class _Reader:
    """The process that reads, begun when first needed and again after one was ended."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        atexit.register(self._end)

    def call(self, job: bytes) -> object:
        with self._turn:
            try:
                outcome, is_fault = self._ask(job)
            except (EOFError, OSError, TimeoutError) as fault:
                # Of every file this would mean that the process itself cannot work here.
                logger.warning("a file was given up: its reader ended or did not answer (%s)", type(fault).__name__)
                self._end()
                raise Refusal("file-too-heavy", _TOO_MUCH) from fault
        if is_fault:
            raise cast(Exception, outcome)
        return outcome

    def _ask(self, job: bytes) -> tuple[object, bool]:
        line = self._line if self._process is not None and self._process.poll() is None else None
        line = line or self._start()
        line.send_bytes(job)
        # The modules that the function needs are imported first, which is no fault of the file.
        _receive(line, within=_START_SECONDS)
        return cast(tuple[object, bool], pickle.loads(_receive(line, within=_MOST_WAITING)))  # noqa: S301 (our own)

    def _start(self) -> Connection:
        self._end()
        ours, theirs = socket.socketpair()
        # Neither a token nor a database's password stands in the environment of what reads a stranger's file.
        environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
        with theirs:
            handle = theirs.fileno()
            command = [sys.executable, "-c", _PROGRAM, str(handle)]
            self._process = subprocess.Popen(command, env=environment, pass_fds=[handle], stdin=subprocess.DEVNULL)  # noqa: S603
        self._line = Connection(ours.detach())
        _receive(self._line, within=_START_SECONDS)
        return self._line

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._line = self._process = None


def _receive(line: Connection, *, within: float) -> bytes:
    if not line.poll(within):
        raise TimeoutError
    return line.recv_bytes()


def _serve(line: Connection) -> None:
    """Answer one job after the other until the other side is gone."""
    line.send_bytes(b"ready")
    with suppress(EOFError, OSError):
        while True:
            function, args, kwargs = pickle.loads(line.recv_bytes())  # noqa: S301 (our own)
            line.send_bytes(b"begun")
            # The signal of this timer ends the process, whatever it is in the middle of.
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
            outcome = _outcome(function, args, kwargs)
            signal.setitimer(signal.ITIMER_PROF, 0)
            line.send_bytes(outcome)


def _outcome(function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> bytes:
    try:
        return pickle.dumps((function(*args, **kwargs), False))
    except Refusal as refusal:
        return pickle.dumps((refusal, True))
    except MemoryError:
        return pickle.dumps((Refusal("file-too-heavy", _TOO_MUCH), True))
    except Exception as fault:
        return pickle.dumps((ReadingFailed(f"{type(fault).__name__}: {fault}"), True))


def _limit_memory() -> None:
    with open("/proc/self/statm") as file:
        held = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MOST_MEMORY, held + MOST_MEMORY))
    # What reads has nothing to write.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def serve_until_left() -> None:
    """What the process of its own does."""
    _limit_memory()
    _serve(Connection(int(sys.argv[1])))
