"""A room with a deputy: a real file, a real socket, and a clock that tests move."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import trio

from appliance.config.load import parse
from appliance.deputy.place import ROOM
from appliance.deputy.serve import serve
from appliance.maintain.editing import Somebody
from appliance.room.parts.link import Link, LinkPhase
from appliance.run.editing.editor import Editor
from appliance.run.parts import Parts
from appliance.services.box.hardware import Hardware
from tests.api.rooms import set_state

TEXT = """\
[room]
name = "Neptune" # on the door
[terminal]
host = "127.0.0.1"
pin = "FA6-secret"
[buttons.call]
pin = 17
press = "call"
[panel]
listen = "127.0.0.1:0"
[api]
"""
ANNA, JOHN = Somebody("anna", "session"), Somebody("john", "token")


class Box:
    """A box whose firmware does not run. `reloads`: how often it was to take its file."""

    def __init__(self, folder: Path, text: str = TEXT) -> None:
        self.folder, self.reloads = folder, 0
        self._reloaded = trio.lowlevel.ParkingLot()
        self.file, self.socket = folder / "root" / ROOM, folder / "deputy.sock"
        self.file.parent.mkdir(parents=True)
        self.file.write_text(text)
        self.state = folder / "state"
        self.state.mkdir()
        self.parts = Parts(parse(text, self.file), Hardware(deputy=self.socket))
        self.parts.file = self.file
        self.link(up=True)
        self.editor = self.restarted()

    def restarted(self) -> Editor:
        """What a firmware that is started anew has."""
        return Editor(self.parts, self.state)

    def link(self, *, up: bool) -> None:
        set_state(self.parts, link=Link(LinkPhase.UP if up else LinkPhase.DOWN))

    @property
    def text(self) -> str:
        return self.file.read_text()

    @property
    def audit(self) -> list[tuple[str, str]]:
        """Who did what, the oldest first."""
        return [(each.who, each.what) for each in reversed(self.parts.audit.last(100))]

    async def reloaded(self, times: int) -> None:
        """Returns once the firmware was to take its file so many times."""
        while self.reloads < times:
            await self._reloaded.park()

    def reload(self) -> None:
        """Takes the file, as it were."""
        self.reloads += 1
        self._reloaded.unpark_all()


@asynccontextmanager
async def box(folder: Path, text: str = TEXT) -> AsyncIterator[Box]:
    """A box with its deputy."""
    made = Box(folder, text)
    async with trio.open_nursery() as nursery:
        await nursery.start(serve, made.socket, folder / "root", made.reload)
        yield made
        nursery.cancel_scope.cancel()
