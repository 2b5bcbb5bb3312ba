"""The command as people use it: processes started, heard, asked over HTTP and ended, each in bounded time."""

import http.client
import json
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from tests.cli.warm import Forked

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 90.0  # seconds; what takes longer hangs. A start takes one second, and thirty on a machine that is busy
# Seconds to end in before it is killed. A machine that has time needs 0.6 and may take 2, which the supervisor's own
# test holds on a mock clock; here other tests run beside this one, and this tells an end from a hang.
GRACE = 20.0
# what would change how the command behaves
OURS = ("NOTIFY_SOCKET", "WATCHDOG_", "JOURNAL_STREAM", "OFFHOOK_", "RUNTIME_DIRECTORY")


def _cold(arguments: list[str], env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=env,
    )


class Offhook:
    """A running `offhook`; a context manager that leaves nothing behind. A warm one needs no time for imports."""

    def __init__(
        self,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        warm: bool = False,
        program: str = "-m appliance",
    ) -> None:
        """`program`: what Python is to run, when it is something else."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.said = {"out": "", "err": ""}  # so far
        words, environ = [*map(str, arguments)], {**inherited, **(env or {})}
        self._process = Forked(words, environ) if warm else _cold([*program.split(), *words], environ)
        self._streams = selectors.DefaultSelector()
        for name, stream in (("out", self._process.stdout), ("err", self._process.stderr)):
            assert stream is not None
            self._streams.register(stream, selectors.EVENT_READ, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._streams.close()
        self._process.terminate()
        try:
            self._process.communicate(timeout=GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    @property
    def pid(self) -> int:
        return self._process.pid

    def says(self, pattern: str, where: str = "err") -> re.Match[str]:
        """What it says, as soon as it has said it (or long before)."""
        deadline = time.monotonic() + PATIENCE
        while (found := re.search(pattern, self.said[where], re.MULTILINE)) is None:
            assert self._listen(deadline), f"never said {pattern!r}, but {self.said}"
        return found

    def send(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self) -> int:
        """Its exit code, once it has ended by itself."""
        deadline = time.monotonic() + PATIENCE
        while self._streams.get_map() and self._listen(deadline):
            pass
        return self._process.wait(max(0.1, deadline - time.monotonic()))

    def end(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Ends it: its exit code, and the seconds that it took."""
        began = time.monotonic()
        self.send(number)
        return self.wait(), time.monotonic() - began

    def _listen(self, deadline: float) -> bool:
        """Hears what comes next; whether anything still can."""
        ready = self._streams.select(deadline - time.monotonic())
        for key, _ in ready:
            data = os.read(key.fd, 65536)
            self.said[key.data] += data.decode(errors="replace")
            if not data:
                self._streams.unregister(key.fileobj)
        return bool(ready) and bool(self._streams.get_map())


def offhook(*arguments: str | Path, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Runs a command to its end: exit code, standard output, standard error."""
    with Offhook(*arguments, env=env, warm=True) as process:
        return process.wait(), process.said["out"], process.said["err"]


class Page:
    """An HTTP interface that answers with JSON."""

    def __init__(self, port: int, host: str = "127.0.0.1", under: str = "") -> None:
        self.port = port
        self._host = host
        self._under = under

    def get(self, path: str) -> Any:  # JSON
        return json.loads(self.fetch("GET", path)[1])

    def post(self, path: str, **body: object) -> Any:  # JSON
        status, answer = self.fetch("POST", path, json.dumps(body))
        assert status == 200, answer
        return json.loads(answer)

    def fetch(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self._host, self.port, timeout=PATIENCE)
        try:
            connection.request(method, self._under + path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def until(self, path: str, condition: Callable[[Any], bool]) -> Any:  # JSON
        """What a page that has revisions shows, as soon as the condition holds; the page says when it changes."""
        deadline = time.monotonic() + PATIENCE
        seen = self.get(path)
        while not condition(seen):
            assert time.monotonic() < deadline, f"it never became true of {path}: {seen}"
            seen = self.get(f"{path}?after={seen['revision']}")
        return seen


class Terminal(Page):
    """A simulated terminal in a process of its own: its far side over HTTP, and the port where it is found."""

    def __init__(self, process: Offhook) -> None:
        self.process = process
        self.ready = json.loads(process.says(r"^.*\n", "out")[0])
        super().__init__(self.ready["control"])
        self.web_port: int = self.ready["web"]

    def until_state(self, condition: Callable[[Any], bool]) -> Any:  # JSON
        """The terminal as it is, as soon as the condition holds."""
        return self.until("/state", condition)


@contextmanager
def simulated(*arguments: str) -> Iterator[Terminal]:
    """A simulated terminal for as long as the context lasts."""
    with Offhook("simulate", *arguments, warm=True) as process:
        yield Terminal(process)
