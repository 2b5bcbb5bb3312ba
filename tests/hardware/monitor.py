"""QEMU's monitor: one command, what it answers."""

import socket
import time
from pathlib import Path
from typing import Self

PROMPT = b"(qemu)"
ANSWER_TIME = 60.0


class Monitor:
    """A connection to a running QEMU's monitor; a context manager."""

    def __init__(self, path: Path, seconds: float = ANSWER_TIME) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.settimeout(seconds)
        connect(self._line, path, seconds)
        self._until_prompt()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def do(self, command: str) -> str:
        """What QEMU says to a command."""
        self._line.sendall(command.encode() + b"\n")
        return self._until_prompt()

    def until(self, command: str, *words: str, seconds: float) -> str:
        """What a command says once it has one of these words in it. TimeoutError after `seconds`."""
        deadline = time.monotonic() + seconds
        while not any(word in (said := self.do(command)) for word in words):
            if time.monotonic() > deadline:
                raise TimeoutError(f"QEMU's {command} has said none of {words} within {seconds:g} s, but {said}")
            time.sleep(0.1)
        return said

    def _until_prompt(self) -> str:
        said = b""
        while not said.rstrip().endswith(PROMPT):
            chunk = self._line.recv(4096)
            if not chunk:
                raise ConnectionError("QEMU has ended")
            said += chunk
        return said.decode(errors="replace")


def connect(line: socket.socket, path: Path, seconds: float) -> None:
    """Connects to one of QEMU's sockets, which it makes a moment after it was started."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            line.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
