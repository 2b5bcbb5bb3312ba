"""Processes that have imported everything already, for commands whose start is not what a test is about.

They are forked out of one that has imported what commands need: most of the time of a short command is importing, and
there are a hundred of them. The command itself runs as always, in a process of its own, from `python -m appliance` to
the interpreter's end.
"""

import atexit
import contextlib
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent.parent
PID_WIDTH = 10  # its end follows at once, where the command is short


class Forked:
    """A process that was forked off; as much of `subprocess.Popen` as the tests use."""

    def __init__(self, arguments: list[str], env: Mapping[str, str]) -> None:
        out, err, status = os.pipe(), os.pipe(), os.pipe()
        request = json.dumps({"arguments": arguments, "env": dict(env)}).encode()
        socket.send_fds(_parent(), [request], [out[1], err[1], status[1]])
        for _, theirs in (out, err, status):
            os.close(theirs)
        self.stdout: IO[bytes] = os.fdopen(out[0], "rb")
        self.stderr: IO[bytes] = os.fdopen(err[0], "rb")
        self._status = os.fdopen(status[0], "rb", buffering=0)
        self.pid = int(self._status.read(PID_WIDTH))
        self._code: int | None = None
        self._handle = _handle(self.pid)

    def send_signal(self, number: int) -> None:
        if self._handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        if self._code is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("offhook", timeout or 0)
            self._code = int(self._status.read(20))
        return self._code

    def communicate(self, timeout: float | None = None) -> None:
        """Waits for the end; what it says is no longer of interest."""
        self.wait(timeout)
        for stream in (self.stdout, self.stderr, self._status):
            stream.close()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _handle(pid: int) -> int | None:
    """A process by more than its number, which another may have once it has ended; None where it has."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


@cache
def _parent() -> socket.socket:
    """Our end of the line to the process that forks; it ends when ours does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.cli.warm", str(theirs.fileno())]
        process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
    atexit.register(_end, ours, process)
    return ours


def _end(ours: socket.socket, process: "subprocess.Popen[bytes]") -> None:
    ours.close()
    process.wait(10)


def _fork_as_asked(line: socket.socket) -> bool:
    """Forks a process for each request: false in the end, and true in a process that is to run the command."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that wait for the commands leave nothing behind
    while True:
        request, (*streams,), _, _ = socket.recv_fds(line, 1 << 18, 3)
        if not request:
            return False
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            line.close()
            return _runs(json.loads(request), *streams)
        for stream in streams:
            os.close(stream)


def _runs(request: dict[str, Any], out: int, err: int, status: int) -> bool:
    """True in the new process; the other one waits for its end, and tells of it."""
    pid = os.fork()
    if pid:
        os.close(out)
        os.close(err)
        os.write(status, b"%*d" % (PID_WIDTH, pid))
        os.write(status, b"%d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        os._exit(0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    for extra in (out, err, status):
        os.close(extra)
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[1:] = request["arguments"]
    return True


def _import_all() -> None:
    """Imports what commands import when they are used."""
    import appliance.cli  # noqa: PLC0415  # only in the process that forks

    for module in pkgutil.walk_packages(appliance.cli.__path__, "appliance.cli."):
        importlib.import_module(module.name)


if __name__ == "__main__":
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _import_all()
    if _fork_as_asked(socket.socket(fileno=int(sys.argv[1]))):
        runpy.run_module("appliance", run_name="__main__", alter_sys=True)
