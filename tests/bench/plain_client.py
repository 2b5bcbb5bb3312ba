"""A WebSocket client that costs next to nothing, so that what is measured is the server."""

import socket
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.far_end import HOST
from tests.bench.patience import patience

SILENCE = 10.0  # seconds; a server that is silent for longer is a broken measurement
NO_MASK = bytes(4)  # a mask of zeros is one, too: RFC 6455, 5.3
OPCODE, CLOSE = 0x0F, 8  # RFC 6455, 5.2
EVENT = b'"method":"event"'


def text_frame(text: bytes) -> bytes:
    """A text frame of a client, with less than 126 bytes in it."""
    return bytes((0x81, 0x80 | len(text))) + NO_MASK + text


class PlainClient:
    """A connection; it blocks."""

    def __init__(self, where: int | Path, path: str = "/", headers: Mapping[str, str] = {}) -> None:
        """`where`: a port of this machine, or a socket in its files. `path`: what is asked for, with `headers`."""
        self._socket = _at_socket(where) if isinstance(where, Path) else _at_port(where)
        self._buffer = b""
        self._shake_hands(path, "".join(f"{name}: {value}\r\n" for name, value in headers.items()))

    def fileno(self) -> int:
        """For whoever waits until something can be read."""
        return self._socket.fileno()

    def close(self) -> None:
        """Without a word."""
        self._socket.close()

    def send(self, frame: bytes) -> None:
        """Sends a frame."""
        self._socket.sendall(frame)

    def ask(self, frames: Sequence[bytes]) -> list[bytes]:
        """Sends all frames at once and returns the answers, as many; events that come between are passed over."""
        self._socket.sendall(b"".join(frames))
        answers: list[bytes] = []
        while len(answers) < len(frames):
            answers += [text for text in self.texts() if EVENT not in text]
        return answers

    def texts(self) -> list[bytes]:
        """The texts of the next frames, at least one. What came with the answer to the handshake are the first."""
        while not (found := self._whole_texts()):
            self._receive()
        return found

    def _whole_texts(self) -> list[bytes]:
        """Takes those that are whole. Raises `RuntimeError` where the server closes instead."""
        found: list[bytes] = []
        start = 0
        while (end := self._end_of_frame(start)) is not None:
            begin = start + (4 if self._buffer[start + 1] == 126 else 2)
            if self._buffer[start] & OPCODE == CLOSE:
                raise RuntimeError(f"the server closes, with {int.from_bytes(self._buffer[begin : begin + 2])}")
            found.append(self._buffer[begin:end])
            start = end
        self._buffer = self._buffer[start:]
        return found

    def _end_of_frame(self, start: int) -> int | None:
        """Where the frame that begins at `start` ends, once all of it is there."""
        head = self._buffer[start : start + 4]
        if len(head) < 4:
            return None
        end = start + (4 + struct.unpack("!H", head[2:])[0] if head[1] == 126 else 2 + head[1])
        return end if end <= len(self._buffer) else None

    def _shake_hands(self, path: str, headers: str) -> None:
        key = "MDEyMzQ1Njc4OWFiY2RlZg=="
        self._socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{headers}\r\n".encode()
        )
        while b"\r\n\r\n" not in self._buffer:
            self._receive()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        if b" 101 " not in head:
            raise RuntimeError(f"expected a WebSocket, got {head!r}")

    def _receive(self) -> None:
        data = self._socket.recv(1 << 16)
        if not data:
            raise RuntimeError("the server hung up")
        self._buffer += data


def _at_port(port: int) -> socket.socket:
    found = socket.create_connection((HOST, port), patience(SILENCE))
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


def _at_socket(path: Path) -> socket.socket:
    found = socket.socket(socket.AF_UNIX)
    found.settimeout(patience(SILENCE))
    found.connect(str(path))
    return found
