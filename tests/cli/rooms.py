"""Rooms for `offhook run`: virtual hardware against a simulated terminal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.cli.processes import Offhook, Page

PIN = "FA6-not-to-be-told"

ROOM = """\
hardware = "virtual"
[room]
name = "Neptune"
contact = "100@meet.example.com"
[terminal]
host = "127.0.0.1"
web_port = {web_port}
pin = "{pin}"
[buttons.call]
pin = 17
press = "call"
debounce = 0
[buttons.hangup]
pin = 27
press = "hang_up"
debounce = 0
[lamps.in_call]
pin = 6
[lamps.link]
pin = 19
[keypads.keypad]
[speakerphones.speakerphone]
[joysticks.joystick]
port = "virtual"
[display]
[panel]
listen = "127.0.0.1:{panel_port}"
[log]
level = "debug"
"""


class Room(Page):
    """A running appliance and the page that moves its hardware."""

    def __init__(self, process: Offhook) -> None:
        self.process = process
        super().__init__(int(process.says(r"\bweb_ready\b.*url=http://127\.0\.0\.1:(\d+)/")[1]))

    def press(self, button: str) -> None:
        """Down, and up again; faster than a finger, so without debounce."""
        self.post(f"/hardware/buttons/{button}", pressed=True)
        self.post(f"/hardware/buttons/{button}", pressed=False)

    def until_lit(self, lamp: str) -> dict[str, Any]:
        """The hardware, as soon as a lamp is lit."""
        hardware: dict[str, Any] = self.until("/hardware", lambda seen: seen["lamps"][lamp])
        return hardware


def configuration(folder: Path, web_port: int, panel_port: int = 0) -> Path:
    """A file with a room's configuration."""
    path = folder / "room.toml"
    path.write_text(ROOM.format(web_port=web_port, panel_port=panel_port, pin=PIN))
    return path


@contextmanager
def running(config: Path, env: Mapping[str, str] | None = None) -> Iterator[Room]:
    """A room for as long as the context lasts, once its page is there."""
    with Offhook("run", "--config", config, env=env) as process:
        yield Room(process)
