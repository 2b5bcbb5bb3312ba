"""The panels of the bench as a room sees them: nobody asks who has heard of nothing."""

import base64
import hashlib
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bench.bare_server import GUID
from tests.bench.far_end import HOST
from tests.bench.panels import Panels, panels
from tests.bench.patience import patience

NOW = 5_231_431
VIEW = json.dumps({"box": "1", "touch": True, "now": NOW, "view": {"mic_muted": False}}).encode()
GOING_AWAY = b"\x88\x02\x03\xe9"


def frame(text: bytes) -> bytes:
    return bytes((0x81, len(text))) + text


def received(room: socket.socket) -> bytes:
    """What has come from the panel. Raises `ConnectionError` once it has left: there is nothing to wait for."""
    if data := room.recv(1 << 16):
        return data
    raise ConnectionError("the panel has left")


def upgraded(room: socket.socket, said: bytes) -> None:
    """Takes the handshake; what is `said` comes with its answer."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        asked += received(room)
    key = next(line for line in asked.split(b"\r\n") if line.startswith(b"Sec-WebSocket-Key: ")).partition(b": ")[2]
    accept = base64.b64encode(hashlib.sha1(key + GUID).digest())  # noqa: S324  # RFC 6455 asks for it
    room.sendall(b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n" + said)


@contextmanager
def a_panel(said: bytes) -> Iterator[tuple[Panels, socket.socket]]:
    """A panel, and the room's end of its connection."""
    with socket.create_server((HOST, 0)) as listener:
        listener.settimeout(patience(10))
        with panels(listener.getsockname()[1], 1) as panel, listener.accept()[0] as room:
            room.settimeout(patience(10))
            upgraded(room, said)
            yield panel, room


def wish(room: socket.socket) -> dict[str, object]:
    """The next message that is more than a beat."""
    heard = b""
    while True:
        heard += received(room)
        while len(heard) > 6 and len(heard) >= (end := 6 + (heard[1] & 0x7F)):
            text, heard = heard[6:end], heard[end:]
            if text != b"{}":
                told: dict[str, object] = json.loads(text)
                return told


def test_what_came_with_the_handshake_has_been_heard_once_it_is_ready() -> None:
    with a_panel(frame(VIEW)) as (panel, room):
        assert panel.line() == b"ready\n"
        panel.ask("mute on")
        assert wish(room) == {"do": "mute on", "id": 1, "seen": NOW}


def test_a_panel_that_has_left_is_not_waited_for() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"GET / HTTP/1.1\r\n")
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(ConnectionError):
            upgraded(ours, b"")
        with pytest.raises(ConnectionError):
            wish(ours)


def until_it_ended(said: bytes) -> None:
    with a_panel(said) as (panel, _):
        panel._process.wait(patience(10))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (frame(b'{"did":1,"why":"not now"}'), "what was asked for was not taken: not now"),
        (GOING_AWAY, "the server closes, with 1001"),
    ],
)
def test_panels_that_ended_are_no_measurement(said: bytes, why: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="the panels ended meanwhile, with 1"):
        until_it_ended(frame(VIEW) + said)
    assert why in capfd.readouterr().err
