"""A bare TCP server in a process of its own: the least that a terminal can be, and the clock of every measurement.

It speaks just enough HTTP and WebSocket to be taken for a terminal, answers what a controller reads after it connects,
and tells for each chunk of bytes when `recv` returned (CLOCK_MONOTONIC, which processes share). Beside the terminal's
there are two kinds of connection for the floors: a WebSocket at `/quiet`, which gets no answers and no flood, and a raw
one, which begins with the bytes `raw`.
"""

import base64
import contextlib
import gc
import hashlib
import json
import selectors
import socket
import struct
import time
from multiprocessing.connection import Connection
from typing import Any

import msgspec

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
TEXT, CLOSE = 1, 8  # opcodes: RFC 6455, 5.2
AT_ONCE = 10  # events that are sent between two looks at everything else, where as many are wanted as can be sent
AXIS = {"support": True, "minValue": -100, "maxValue": 100, "currentValue": 0, "defValue": 0, "step": 1}
ANSWERS: dict[str, dict[str, Any]] = {
    "auth": {"previleges": 2, "token": "t", "tokenForHttpServer": "h"},
    "getAppState": {"appState": 3, "embeddedHttpPort": 0},
    "getConnected": {"state": 2, "serverInfo": {"server": "s", "service": False, "port": 4307}},
    "getLogin": {"isLoggedIn": True, "peerId": "room@example.com", "peerDn": "Room"},
    "getConferences": {"confState": 2},
    "getMicMute": {"mute": False},
    "getAudioMute": {"mute": False},
    "getVideoMute": {"mute": False},
    "getSettings": {"settings": [{"name": "audioPlayLevel", "value": 0.5}]},
    "getPtzControls": {"pan": AXIS, "tilt": AXIS, "zoom": AXIS},
    "getCallHistory": {"calls": [], "lastView": 0},
    "getAbook": {"abook": [{"peerId": f"p{n}@example.com", "peerDn": f"Person {n}", "status": 1} for n in range(50)]},
}


class Arrived(msgspec.Struct, frozen=True):
    """Bytes that came: nanoseconds of CLOCK_MONOTONIC, the methods in them (`raw` from a raw connection)."""

    at: int
    names: tuple[str, ...]


class Client:
    """One connection and how far it has come."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.buffer = b""
        self.kind = "new"

    def send_text(self, text: bytes) -> None:
        """One WebSocket text frame."""
        size = len(text)
        if size < 126:
            head = struct.pack("!BB", 0x81, size)
        else:
            head = struct.pack("!BBH", 0x81, 126, size) if size < 1 << 16 else struct.pack("!BBQ", 0x81, 127, size)
        self.send(head + text)

    def send(self, data: bytes) -> None:
        """Bytes as they are; none if the client has left, of which `receive` is about to learn."""
        with contextlib.suppress(ConnectionError):
            self.sock.sendall(data)

    def upgrade(self, request: bytes) -> None:
        """Answers the WebSocket handshake."""
        lines = (line.partition(b": ") for line in request.split(b"\r\n")[1:])
        headers = {name.lower(): value for name, _, value in lines}
        key = headers[b"sec-websocket-key"]
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())  # noqa: S324  # the RFC asks for it
        self.send(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept
            + b"\r\n\r\n"
        )

    def texts(self) -> list[bytes]:
        """The complete text frames in the buffer (masked, none longer than 64 KiB); a closing frame is answered."""
        found = []
        while len(self.buffer) >= 6:
            size, start = self.buffer[1] & 0x7F, 2
            if size == 126:
                size, start = struct.unpack("!H", self.buffer[2:4])[0], 4
            if len(self.buffer) < start + 4 + size:
                break
            mask = self.buffer[start : start + 4]
            body = self.buffer[start + 4 : start + 4 + size]
            opcode = self.buffer[0] & 0x0F
            if opcode == TEXT:
                found.append(bytes(byte ^ mask[i % 4] for i, byte in enumerate(body)))
            elif opcode == CLOSE:
                self.send(bytes((0x80 | CLOSE, 0)))
            self.buffer = self.buffer[start + 4 + size :]
        return found


class BareServer:
    """The loop; commands come through the pipe, what arrives goes back through it."""

    def __init__(self, pipe: Connection, *, tells: bool = True) -> None:
        self.pipe = pipe
        self.tells = tells
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.selector.register(self.listener, selectors.EVENT_READ, self.accept)
        self.selector.register(pipe, selectors.EVENT_READ, self.order)
        self.clients: list[Client] = []
        self.flood: list[bytes] = []
        self.flooded = 0
        self.sent_at = 0
        self.next_event = 0.0
        self.period = 0.0
        self.flooded_kind = "websocket"
        self.running = True

    def run(self) -> None:
        """Serves until told to end."""
        self.pipe.send(self.listener.getsockname()[1])
        while self.running:
            wait = max(0.0, self.next_event - time.perf_counter()) if self.flood else None
            for key, _ in self.selector.select(wait):
                key.data(key.fileobj)
            if self.flood and time.perf_counter() >= self.next_event:
                self.next_event += self.period
                self.send_flood()
        self.close()

    def send_flood(self) -> None:
        """Sends what is due: an event, or without a period as many as make the loop's own work small."""
        for _ in range(1 if self.period else AT_ONCE):
            self.send_to(self.flooded_kind, self.flood[self.flooded % len(self.flood)])
            self.flooded += 1

    def close(self) -> None:
        """Closes every socket."""
        for sock in (self.listener, *(client.sock for client in self.clients)):
            sock.close()
        self.selector.close()

    def order(self, _pipe: object) -> None:
        """What the parent wants; None ends.

        `("event", kind, text)` sends once, `("sent",)` asks when that was (no answer by itself: it would disturb);
        `("flood", texts, period, kind)` sends one each `period` seconds to the connections of a kind, with 0 as many as
        they take; `("flood", [])` ends that and tells how many there were.
        """
        match self.pipe.recv():
            case None:
                self.running = False
            case ("event", kind, text):
                self.send_to(kind, text)
            case ("sent",):
                self.pipe.send(self.sent_at)
            case ("flood", []):
                self.flood = []
                self.pipe.send(self.flooded)
            case ("flood", texts, period, kind):
                self.flood, self.flooded, self.next_event = texts, 0, time.perf_counter()
                self.period, self.flooded_kind = period, kind

    def send_to(self, kind: str, text: bytes) -> None:
        """Sends to every connection of a kind."""
        for client in self.clients:
            if client.kind == kind:
                self.sent_at = time.perf_counter_ns()
                client.send_text(text)

    def accept(self, _listener: object) -> None:
        """A new connection."""
        sock, _ = self.listener.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = Client(sock)
        self.clients.append(client)
        self.selector.register(sock, selectors.EVENT_READ, lambda _sock: self.receive(client))

    def receive(self, client: Client) -> None:
        """Bytes on a connection."""
        try:
            data = client.sock.recv(1 << 20)
        except ConnectionError:
            data = b""
        at = time.perf_counter_ns()
        if not data:
            self.selector.unregister(client.sock)
            client.sock.close()
            self.clients.remove(client)
            return
        client.buffer += data
        takes = {"new": self.greet, "websocket": self.answer, "quiet": self.note, "raw": self.note_raw}
        takes[client.kind](client, at)

    def greet(self, client: Client, at: int) -> None:
        """The first bytes say what kind of connection it is."""
        if client.buffer.startswith(b"raw"):
            client.kind = "raw"
            client.buffer = client.buffer[len(b"raw") :]
            if client.buffer:  # the first frame was so quick that it came with the greeting
                self.note_raw(client, at)
        elif b"\r\n\r\n" in client.buffer:
            request, _, client.buffer = client.buffer.partition(b"\r\n\r\n")
            if b"config.json" in request:
                ports = {"websocket": {"port": self.listener.getsockname()[1]}, "http": {"port": 1}}
                body = json.dumps({"config": ports}).encode()
                client.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            else:
                client.upgrade(request)
                client.kind = "quiet" if request.startswith(b"GET /quiet ") else "websocket"

    def answer(self, client: Client, at: int) -> None:
        """Commands: noted, and answered as briefly as can be."""
        for request in self.note(client, at):
            reply = {"method": request["method"], "requestId": request.get("requestId", ""), "result": True}
            client.send_text(json.dumps(reply | ANSWERS.get(request["method"], {})).encode())

    def note(self, client: Client, at: int) -> list[dict[str, Any]]:
        """Tells which commands came, unless nobody wants to know; the commands."""
        requests = [json.loads(text) for text in client.texts()]
        if requests and self.tells:
            self.pipe.send(Arrived(at, tuple(request["method"] for request in requests)))
        return requests

    def note_raw(self, client: Client, at: int) -> None:
        """Raw bytes: noted."""
        client.buffer = b""
        self.pipe.send(Arrived(at, ("raw",)))


def serve(pipe: Connection, tells: bool) -> None:
    """What the server's process runs."""
    gc.disable()  # the clock must not stop to tidy up
    BareServer(pipe, tells=tells).run()
