"""Processes forked from one that has imported the product: to start Python and to import takes four seconds of CPU.

What is forked has no event loop, thread or connection yet. It has standard streams, settings and an end of its own.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from typing import Any

from cli.__main__ import main
from tests.support.environment import fresh

_FORKING = get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.support.servers.imported"])


class Forked:
    """A forked process, with the methods of `asyncio.subprocess.Process`."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, how: signal.Signals) -> None:
        if self.returncode is None and self._process.pid is not None:
            os.kill(self._process.pid, how)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            while self.returncode is None:
                await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        return self.returncode


class ForkedCommand(Forked):
    """A forked process with pipes."""

    def __init__(self, process: ForkServerProcess, stdout: "_Pipe", stderr: "_Pipe") -> None:
        super().__init__(process)
        self._pipes = (stdout, stderr)
        self.stdout = stdout.reader
        self.stderr = stderr.reader

    async def communicate(self) -> tuple[bytes, bytes]:
        said, complained = await asyncio.gather(self.stdout.read(), self.stderr.read())
        for pipe in self._pipes:
            pipe.transport.close()
        await self.wait()
        return said, complained


def fork(work: Callable[..., None], *arguments: str, out: int, err: int, **settings: str) -> ForkServerProcess:
    """Do the work in a process whose standard streams are copies of these."""
    process = _FORKING.Process(target=_begin, args=(work, arguments, _Stream(out), _Stream(err), fresh(**settings)))
    process.start()
    return process


async def fork_command(*command: str, **settings: str) -> ForkedCommand:
    """Fork `thidua COMMAND`."""
    (said, out), (complained, err) = os.pipe(), os.pipe()
    process = fork(_run_command, *command, out=out, err=err, **settings)
    os.close(out)
    os.close(err)
    return ForkedCommand(process, await _open(said), await _open(complained))


@dataclass(frozen=True, slots=True)
class _Pipe:
    reader: asyncio.StreamReader
    transport: asyncio.ReadTransport


async def _open(descriptor: int) -> _Pipe:
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", buffering=0)
    )
    return _Pipe(reader, transport)


def _run_command(*command: str) -> None:
    sys.argv[1:] = command
    main()


class _Stream:
    """A descriptor that is copied to the process that is started."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __reduce__(self) -> tuple[Any, ...]:
        return _received, (DupFd(self.descriptor),)


def _received(copied: Any) -> _Stream:
    return _Stream(copied.detach())


def _begin(
    work: Callable[..., None], arguments: tuple[str, ...], out: _Stream, err: _Stream, environment: dict[str, str]
) -> None:
    # A shell lets what it runs in the background ignore this signal, and a process inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(out.descriptor, sys.stdout.fileno())
    os.dup2(err.descriptor, sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(environment)
    work(*arguments)
