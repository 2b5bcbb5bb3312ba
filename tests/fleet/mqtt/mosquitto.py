"""A real broker, mosquitto of Debian, and a peer that is not ours: paho."""

import queue
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import paho.mqtt.client as paho
import pytest
import trio
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from tests.cli.processes import PATIENCE
from tests.eventually import eventually

PROGRAM = shutil.which("mosquitto", path="/usr/sbin:/usr/bin")
needs_mosquitto = pytest.mark.skipif(PROGRAM is None, reason="mosquitto is not installed")


_PROPERTIES: Any = Properties  # paho types most of itself, and not this


class Broker:
    """A mosquitto in a folder of its own; `lines` of its configuration beside the port."""

    def __init__(self, folder: Path, lines: str = "", port: int | None = None, config: Path | None = None) -> None:
        """`config`: a whole configuration, which listens at `port`, instead of `lines`."""
        self.port = port or free_port()
        self._folder = folder
        self._config = config or folder / f"mosquitto-{self.port}.conf"
        if config is None:
            self._write(lines)
        self._process: subprocess.Popen[bytes] | None = None

    def _write(self, lines: str) -> None:
        usual = "" if "password_file" in lines or "require_certificate" in lines else "allow_anonymous true\n"
        self._config.write_text(f"listener {self.port} 127.0.0.1\n{usual}set_tcp_nodelay true\nuser root\n{lines}")

    def start(self) -> None:
        """Starts it; returns when it listens."""
        assert PROGRAM is not None
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen([PROGRAM, "-c", str(self._config)], stdout=log, stderr=log)
        eventually(self._listens)

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Stops it in the middle of everything, its connections open."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Ends the pause."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self._folder / "log").read_text()
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


@contextmanager
def a_broker(folder: Path, lines: str = "", port: int | None = None, config: Path | None = None) -> Iterator[Broker]:
    """A broker that runs."""
    broker = Broker(folder, lines, port, config)
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


def free_port() -> int:
    """A port that was free a moment ago: mosquitto does not tell which it took where it is given none."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Peer:
    """A program on the broker, with a thread of its own as paho has it."""

    def __init__(self, port: int, *topics: str, user: str = "", password: str = "") -> None:
        self.heard: queue.Queue[paho.MQTTMessage] = queue.Queue()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
        self._client.on_message = lambda _client, _data, message: self.heard.put(message)
        self._client.on_subscribe = lambda *_: self._ready.put(True)
        self._ready: queue.Queue[bool] = queue.Queue()
        if user:
            self._client.username_pw_set(user, password)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        for topic in topics:
            self._client.subscribe(topic, qos=1)
            self._ready.get(timeout=PATIENCE)

    def say(self, topic: str, payload: bytes | str, *, retain: bool = False, **properties: Any) -> None:
        """Publishes with QoS 1, and waits until the broker has it; `properties` as paho calls them."""
        given = _PROPERTIES(PacketTypes.PUBLISH)
        for name, value in properties.items():
            setattr(given, name, value)
        self._client.publish(topic, payload, 1, retain, given).wait_for_publish(PATIENCE)

    def until(self, topic: str, payload: bytes | None = None) -> paho.MQTTMessage:
        """The next message of a topic, with this payload if one is named; what comes before it is dropped."""
        while True:
            message = self.heard.get(timeout=PATIENCE)
            if message.topic == topic and payload in {None, message.payload}:
                return message

    async def hears(self, topic: str, payload: bytes | None = None) -> paho.MQTTMessage:
        """As `until`, without holding up the event loop."""
        return await trio.to_thread.run_sync(self.until, topic, payload)

    async def hears_any(self) -> paho.MQTTMessage:
        """The next message, whatever its topic."""
        return await trio.to_thread.run_sync(self.heard.get, True, PATIENCE)

    def none(self) -> bool:
        """Whether nothing has come that was not taken."""
        return self.heard.empty()

    def close(self) -> None:
        """Leaves."""
        self._client.disconnect()
        self._client.loop_stop()


@contextmanager
def a_peer(port: int, *topics: str, user: str = "", password: str = "") -> Iterator[Peer]:
    """A program that hears these topics."""
    peer = Peer(port, *topics, user=user, password=password)
    try:
        yield peer
    finally:
        peer.close()
