"""What runs in the guest, from the host's side: one request, one answer, each within its time."""

import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest

MARGIN = 30.0  # seconds that an answer may take beyond what was asked to be waited for
BROKEN = 99  # status of a run whose machine broke: nothing can be said of what it did not come to


class GuestError(AssertionError):
    """The guest could not do it, or what was waited for did not happen in time."""


class Guest:
    """The agent's commands as calls."""

    def __init__(self, channel: Path, boot_time: float) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(str(channel))
        self._pending = b""
        self._number = 0
        self.until_back(boot_time)

    def do(self, command: str, *, within: float = 0, **arguments: Any) -> Any:
        """The command's value; `within` is the time in seconds that it was itself given to wait."""
        self._send(command, arguments)
        try:
            return self._answer(within + MARGIN, command)
        except TimeoutError:
            pytest.exit(f"the machine answers nothing any more ({command}); see console.log", BROKEN)

    def on(self, device: str, act: str, *args: Any, within: float = 0, **named: Any) -> Any:
        """What a device in the guest does."""
        return self.do("on", within=within, device=device, act=act, args=list(args), **named)

    def begin(self, device: str, act: str, *args: Any) -> None:
        """Has a device do something whose end nobody waits for, because the power is cut first."""
        self._send("on", {"device": device, "act": act, "args": list(args)})

    def run(self, *words: str, timeout: float = 30) -> str:
        """A command's output; it must succeed."""
        done = self.do("run", within=timeout, words=list(words), timeout=timeout)
        if done["status"] != 0:
            raise GuestError(f"{' '.join(words)}: {done['err']}{done['out']}")
        return str(done["out"])

    def close(self) -> None:
        """Hangs up."""
        self._line.close()

    def until_back(self, boot_time: float) -> None:
        """Asks until there is somebody to answer; what is asked before may be lost or answered late."""
        deadline = time.monotonic() + boot_time
        while time.monotonic() < deadline:
            self._send("now", {})
            try:
                self._answer(2, "now")
            except TimeoutError:
                continue
            return
        raise GuestError(f"the guest did not come up within {boot_time:g} s; see console.log")

    def _send(self, command: str, arguments: dict[str, Any]) -> None:
        self._number += 1
        self._line.settimeout(10)
        self._line.sendall(json.dumps({"number": self._number, "do": command, **arguments}).encode() + b"\n")

    def _answer(self, seconds: float, command: str) -> Any:
        """The answer to the latest request; one to an earlier request, given up by then, is thrown away."""
        deadline = time.monotonic() + seconds
        while True:
            answer = json.loads(self._read_line(deadline, command))
            if answer["number"] == self._number:
                break
        if "error" in answer:
            raise GuestError(f"{command}: {answer['error']}")
        return answer["ok"]

    def _read_line(self, deadline: float, command: str) -> bytes:
        while b"\n" not in self._pending:
            self._line.settimeout(max(0.01, deadline - time.monotonic()))
            chunk = self._line.recv(65536)
            if not chunk:
                raise GuestError(f"{command}: the machine is gone")
            self._pending += chunk
        line, _, self._pending = self._pending.partition(b"\n")
        return line
