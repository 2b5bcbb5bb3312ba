"""The room that is killed: its configuration, its folders, and its process as people and programs reach it."""

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.cli.processes import PATIENCE, Offhook, Page
from tests.cli.rooms import ROOM

CONFIGURATION = f"""\
{ROOM}
[buttons.mute]
pin = 22
press = "mute"
debounce = 0
[lamps.muted]
pin = 13
[visca.desk]
transport = "tcp"
listen = "127.0.0.1:{{visca_port}}"
allow = ["127.0.0.1"]
"""
PIN = "FA6"
APPLIANCE = "-m appliance"
FOLDERS = ("state", "runtime", "temporary")


class Place:
    """What a room has on the machine, and keeps from one process to the next."""

    def __init__(self, folder: Path, web_port: int) -> None:
        self.folder = folder
        self.panel_port, self.visca_port = _free_ports(2)
        self.config = folder / "room.toml"
        ports = {"web_port": web_port, "panel_port": self.panel_port, "visca_port": self.visca_port}
        self.config.write_text(CONFIGURATION.format(pin=PIN, **ports))
        self.config.chmod(0o600)
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o700)

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment that systemd gives, and a folder for what is temporary."""
        state, runtime, temporary = (str(self.folder / name) for name in FOLDERS)
        return {"STATE_DIRECTORY": state, "RUNTIME_DIRECTORY": runtime, "TMPDIR": temporary}

    def files(self) -> dict[str, list[str]]:
        """Returns the names of what is in each folder."""
        return {name: sorted(each.name for each in (self.folder / name).iterdir()) for name in FOLDERS}


class Life(Page):
    """One process of the room, from its start to its end."""

    def __init__(self, place: Place, process: Offhook) -> None:
        super().__init__(place.panel_port)
        self.place = place
        self.process = process

    def press(self, button: str) -> None:
        """Presses and releases a button."""
        for pressed in (True, False):
            self.post(f"/hardware/buttons/{button}", pressed=pressed)

    def press_and_go(self, button: str) -> None:
        """Presses a button, and waits for no answer."""
        body = b'{"pressed": true}'
        head = f"POST /hardware/buttons/{button} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    @contextmanager
    def controller(self) -> Iterator["Controller"]:
        """A VISCA controller on the network, for as long as the context lasts."""
        with socket.create_connection(("127.0.0.1", self.place.visca_port), PATIENCE) as line:
            yield Controller(line)

    def end(self, number: int) -> tuple[int, float]:
        """Ends it with a signal; returns the exit code, and the seconds that it took."""
        return self.process.end(number)


class Controller:
    """A VISCA controller that is connected."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def say(self, frame: str) -> None:
        """Sends a frame, and waits for no answer."""
        self._line.sendall(bytes.fromhex(frame))

    def ask(self, frame: str) -> bytes:
        """Sends a frame; returns what comes back first."""
        self.say(frame)
        return self._line.recv(64)


@contextmanager
def alive(place: Place, program: str = APPLIANCE) -> Iterator[Life]:
    """One process of the room, which has found its terminal. `program`: what Python is to run."""
    with Offhook("run", "--config", place.config, env=place.environment, program=program) as process:
        process.says(r"\blink_up\b")
        process.says(r"\bweb_ready\b")
        process.says(r"\bvisca_ready\b")
        yield Life(place, process)


def left_behind(config: Path) -> list[int]:
    """Returns which processes have the configuration in their command line, zombies among them."""
    found = list[int]()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(config) in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _free_ports(count: int) -> list[int]:
    """Returns ports that are free now, below those that the system gives to clients."""
    found = list[int]()
    for port in range(20000 + os.getpid() % 8000, 32000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
        if len(found) == count:
            return found
    raise OSError("no free port from 20000 to 32000")
