"""Running a function on untrusted bytes in a separate process with limits on time and memory.

A file of a few kilobytes can keep a PDF or Excel reader busy for minutes or fill gigabytes. The sizes that a file
states cannot be trusted, so the limits are on the process that reads it.
"""

import atexit
import gc
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
"""Processor time for one file (seconds); a report of twenty megabytes takes less than one."""
_MOST_WAITING = 20.0
"""Longest wait for one file (seconds of wall time), for a busy machine."""
MOST_MEMORY = 208 * 1024 * 1024
"""Memory beyond what the process has when it starts (bytes)."""
_START_SECONDS = 60.0
_PROGRAM = "from uploads.bounded import serve_until_left; serve_until_left()"
_TOO_MUCH = (
    "Tệp này mở ra quá lớn hoặc quá phức tạp nên bot không đọc. "
    "Anh/chị xuất lại thành PDF, hoặc xóa các trang, các ô không dùng, rồi gửi lại."
)


class _OutOfMemory:
    """Answer of the reading process whose function needed more memory than was left."""


class ReadingFailed(Exception):  # noqa: N818 (what the file is like, not a fault of ours)
    """The function raised an error while it read the file; the text names the error."""


logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def run_bounded(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a module-level function in the reading process, and return its result.

    Raises Refusal if the function does or a limit is exceeded, and ReadingFailed for any other error. Arguments and
    result are pickled. The call blocks: callers keep it off the event loop.
    """
    return cast(T, _reader().call(pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)))


def end_reader() -> resource.struct_rusage | None:
    """End the reading process, which starts again when it is needed.

    Return what the last one used: processor time (`ru_utime`, seconds) and the most memory (`ru_maxrss`, kilobytes).
    """
    return _reader().end()


@cache
def _reader() -> "_Reader":
    # One reader serves the whole process: it takes 0.2 seconds to start, and a few milliseconds for another call.
    return _Reader()


class _Reader:
    """The reading process; started when first needed, and again after it was killed."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._is_new = True
        """False once it has read a file, which may have left memory taken."""
        self._used: resource.struct_rusage | None = None
        atexit.register(self._end)

    def end(self) -> resource.struct_rusage | None:
        with self._turn:
            self._end()
            return self._used

    def call(self, job: bytes) -> object:
        with self._turn:
            try:
                outcome, is_fault = self._ask(job)
                if isinstance(outcome, _OutOfMemory) and not self._is_new:
                    # Whether a file is read must not depend on those that were read before it.
                    self._end()
                    outcome, is_fault = self._ask(job)
                self._is_new = False
            except (EOFError, OSError, TimeoutError) as fault:
                self._end()
                # If this is logged for every file, the reading process itself cannot run on this machine.
                logger.warning(
                    "a file was given up: its reader ended or did not answer (%s; %.1f s, %d MB)",
                    type(fault).__name__,
                    self._used.ru_utime if self._used else 0,
                    self._used.ru_maxrss // 1024 if self._used else 0,
                )
                raise Refusal("file-too-heavy", _TOO_MUCH) from fault
        if isinstance(outcome, _OutOfMemory):
            raise Refusal("file-too-heavy", _TOO_MUCH)
        if is_fault:
            raise cast(Exception, outcome)
        return outcome

    def _ask(self, job: bytes) -> tuple[object, bool]:
        line = self._line if self._process is not None and self._process.poll() is None else None
        line = line or self._start()
        line.send_bytes(job)
        # The function's modules are imported first; that time does not count against the file.
        _receive(line, within=_START_SECONDS)
        return cast(tuple[object, bool], pickle.loads(_receive(line, within=_MOST_WAITING)))  # noqa: S301 (our own)

    def _start(self) -> Connection:
        self._end()
        ours, theirs = socket.socketpair()
        # The environment of the process that reads untrusted files must not hold the token or a database password.
        # One arena, because each further one reserves address space that counts as memory; large pieces are given back
        # at once, for a heap with gaps would not hold the next file.
        environment = {
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONDONTWRITEBYTECODE": "1",
            "MALLOC_ARENA_MAX": "1",
            "MALLOC_MMAP_THRESHOLD_": "262144",
        }
        with theirs:
            handle = theirs.fileno()
            command = [sys.executable, "-c", _PROGRAM, str(handle)]
            self._process = subprocess.Popen(command, env=environment, pass_fds=[handle], stdin=subprocess.DEVNULL)  # noqa: S603
        self._line, self._is_new = Connection(ours.detach()), True
        _receive(self._line, within=_START_SECONDS)
        return self._line

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None and self._process.returncode is None:
            # Popen.kill would collect a process that has ended, and with it what it used.
            os.kill(self._process.pid, signal.SIGKILL)
            _, status, self._used = os.wait4(self._process.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
        self._line = self._process = None


def _receive(line: Connection, *, within: float) -> bytes:
    if not line.poll(within):
        raise TimeoutError
    return line.recv_bytes()


def _serve(line: Connection) -> None:
    """Answer jobs until the other side closes the connection."""
    line.send_bytes(b"ready")
    with suppress(EOFError, OSError):
        while True:
            function, args, kwargs = pickle.loads(line.recv_bytes())  # noqa: S301 (our own)
            # What was imported stays; looking through it after every file would take longer than to read a short one.
            gc.freeze()
            line.send_bytes(b"begun")
            # The signal of this timer kills the process, whatever it is doing.
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
            outcome = _outcome(function, args, kwargs)
            signal.setitimer(signal.ITIMER_PROF, 0)
            line.send_bytes(outcome)
            # Documents refer to themselves in circles; left alone, those of earlier files would fill the memory.
            del function, args, kwargs, outcome
            gc.collect()


def _outcome(function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> bytes:
    try:
        return pickle.dumps((function(*args, **kwargs), False))
    except Refusal as refusal:
        return pickle.dumps((refusal, True))
    except MemoryError:
        return pickle.dumps((_OutOfMemory(), True))
    except Exception as fault:
        return pickle.dumps((ReadingFailed(f"{type(fault).__name__}: {fault}"), True))


def _limit_memory() -> None:
    with open("/proc/self/statm") as file:
        held = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MOST_MEMORY, held + MOST_MEMORY))
    # A process that only reads needs no files to write.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def serve_until_left() -> None:
    """Run as the reading process, on the socket whose number is the first argument."""
    _limit_memory()
    _serve(Connection(int(sys.argv[1])))
