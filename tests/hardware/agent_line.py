"""What runs in the guest, from the host's side: one request, one answer, each within its time."""

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hardware.monitor import connect

CONNECT_TIME = 60.0
LOOK_EVERY = 5.0  # seconds between two looks at whether the machine is still whole
MARGIN = 30.0  # seconds that an answer may take beyond what was asked to be waited for
HEADROOM, EXTENDED = 1.5, 3.0  # as the agent has them: agent/pace.py, agent/waiting.py


class GuestError(AssertionError):
    """The guest could not do it, or what was waited for did not happen in time."""


class MachineBroken(GuestError):
    """The guest is gone: nothing can be said of the firmware."""


class Guest:
    """The agent's commands as calls."""

    def __init__(self, channel: Path, broken: Callable[[], bool] = lambda: False) -> None:
        """`broken`: whether the machine is known to be of no use any more, so that nobody waits for its answer."""
        self._broken = broken
        self._line = socket.socket(socket.AF_UNIX)
        connect(self._line, channel, CONNECT_TIME)
        self._pending = b""
        self._number = 0
        self.factor = 1.0
        """How many times slower than the reference the guest was when it was last asked."""

    def pace(self) -> float:
        """Lets the guest measure how slow it is; its limits and ours follow."""
        self.factor = float(self.do("pace", within=60))
        return self.factor

    def limit(self, seconds: float) -> float:
        """What may take so long where the limits were written may take this long here."""
        return seconds * max(1.0, self.factor) * HEADROOM

    def judged(self, measured: float) -> float:
        """What was measured here, as it would be where the limits were written."""
        return measured / max(1.0, self.factor)

    def do(self, command: str, *, within: float = 0, **arguments: Any) -> Any:
        """The command's value; `within`: the seconds that it was itself given to wait, before they are stretched.

        MachineBroken: it answers nothing any more.
        """
        self._send(command, arguments)
        try:
            return self._answer(self.limit(within * EXTENDED + MARGIN), command)
        except TimeoutError:
            raise MachineBroken(f"the machine answers nothing any more ({command}); see console.log") from None

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

    def answers(self, seconds: float) -> bool:
        """Whether there is somebody to answer; what was asked before may be lost or answered late."""
        self._send("now", {})
        try:
            self._answer(seconds, "now")
        except TimeoutError:
            return False
        return True

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

    def _chunk(self, deadline: float, command: str) -> bytes:
        while True:
            left = deadline - time.monotonic()
            self._line.settimeout(max(0.01, min(left, LOOK_EVERY)))
            try:
                return self._line.recv(65536)
            except TimeoutError:
                if self._broken():
                    raise MachineBroken(f"{command}: the machine's kernel broke; see console.log") from None
                if left <= LOOK_EVERY:
                    raise

    def _read_line(self, deadline: float, command: str) -> bytes:
        while b"\n" not in self._pending:
            chunk = self._chunk(deadline, command)
            if not chunk:
                raise MachineBroken(f"{command}: the machine is gone")
            self._pending += chunk
        line, _, self._pending = self._pending.partition(b"\n")
        return line
