"""What the terminal's camera sees, for pages, and a picture of each place that is stored.

The terminal puts frames of its camera on its HTTP server while it is told to. So while some page asks, it is told to
unless it does so already, and one frame is fetched every `EVERY` seconds, however many pages there are; each is made
small and written anew. When nobody has asked for `STAYS` seconds, what was switched on here is switched off.

When somebody stores where the camera looks, the next frame becomes the picture of that place, and is kept in a file.
"""

import contextlib
import math
import re
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import msgspec
import structlog
import trio

from appliance.room.intents.base import Intent
from appliance.room.intents.camera import KeepPreset
from appliance.room.local_events.camera import PresetPictured
from appliance.runtime import atomic
from appliance.runtime.files import read_file
from appliance.runtime.followed import Followed
from appliance.services.pages.avatars import Fetch
from appliance.services.pages.shrunk import NoPicture, shrunk
from appliance.services.store import RoomStore
from appliance.terminal.errors import Refused, TerminalError
from appliance.terminal.http import HttpError
from appliance.terminal.link import Link
from appliance.terminal.messages.sharing import GetSelfie, SelfieReply, SetSelfie
from appliance.terminal.pictures import OWN_CAMERA

log = structlog.get_logger()

EVERY: Final = 0.5  # seconds from one frame to the next
COUNTS: Final = 2.0  # seconds for which a question of a page counts: it asks again when it has its answer
STAYS: Final = 10.0  # seconds without a question until the terminal is told to end this
LAST_WORD: Final = 0.3  # seconds for the terminal to hear of that, also when the appliance ends
AGAIN: Final = 2.0  # seconds until the terminal is asked again that has refused, or is away
WITHIN: Final = 2.0  # seconds for a frame, and for a page to wait for one
LARGEST: Final = 4 * 2**20  # bytes of a frame
SIZE: Final = (640, 360)  # pixels at most, for pages
PLACE: Final = (240, 136)  # pixels at most, of a place
FOLDER: Final = "preset-pictures"
LARGEST_PLACE: Final = 64 * 2**10  # bytes; PLACE needs a tenth of that
_NAME: Final = re.compile(r"([0-9]{1,2})\.jpg")


class _Shot(msgspec.Struct, frozen=True):
    """What came of one try, and when on trio's clock; without `data`, nothing."""

    data: bytes | None = None
    at: float = -math.inf


class CameraPictures:
    """Fetches frames while somebody wants them. `folder`: where pictures of places are kept; None: in memory alone."""

    def __init__(self, fetch: Fetch, link: Link, store: RoomStore, folder: Path | None) -> None:
        """`fetch`: a frame of the camera of this name."""
        self._fetch = fetch
        self._link = link
        self._store = store
        self._folder = folder and folder / FOLDER
        self._shots = Followed(_Shot())
        self._asked = trio.lowlevel.ParkingLot()
        self._wanted_until = -math.inf
        self._to_keep: set[int] = set()
        self._places: dict[int, bytes] = {}

    def place(self, number: int) -> bytes | None:
        """Returns the picture of a place."""
        return self._places.get(number)

    async def latest(self) -> bytes | None:
        """Returns what the camera sees, as JPEG; None where the terminal does not show it in time."""
        now = trio.current_time()
        self._wanted_until = now + COUNTS
        self._asked.unpark_all()
        seen = self._shots.value
        if now - seen.at < EVERY:
            return seen.data
        with trio.move_on_after(WITHIN):
            return (await self._shots.newer_than(seen)).data
        return None

    def intended(self, intent: Intent) -> None:
        """Takes a picture of a place that somebody stores."""
        if isinstance(intent, KeepPreset) and intent.there:
            self._to_keep.add(intent.number)
            self._asked.unpark_all()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Fetches frames until cancelled, while somebody wants them."""
        await self._read()
        task_status.started()
        while True:
            while not self._wanted():
                await self._asked.park()
            try:
                async with self._switched_on():
                    await self._take_while_wanted()
            except TerminalError as error:
                await self._nothing(str(error))
                await trio.sleep(AGAIN)

    def _wanted(self) -> bool:
        return bool(self._to_keep) or trio.current_time() < self._wanted_until

    @contextlib.asynccontextmanager
    async def _switched_on(self) -> AsyncIterator[None]:
        """Has the terminal show frames for as long as this lasts."""
        try:
            reply = await self._link.request(GetSelfie())
            ours = isinstance(reply, SelfieReply) and not reply.enabled
            if ours:
                await self._link.request(SetSelfie(enabled=True, fps=round(1 / EVERY)))
        except Refused:
            ours = False  # it shows them all the time, or never
        try:
            yield
        finally:
            if ours:
                with trio.move_on_after(LAST_WORD, shield=True), contextlib.suppress(TerminalError):
                    await self._link.request(SetSelfie(enabled=False))

    async def _take_while_wanted(self) -> None:
        while True:
            if self._wanted():
                await self._take()
                await trio.sleep(EVERY)
                continue
            with trio.move_on_after(STAYS) as waiting:
                await self._asked.park()
            if waiting.cancelled_caught:
                return

    async def _take(self) -> None:
        try:
            frame = await self._fetch(OWN_CAMERA)
            small = await trio.to_thread.run_sync(shrunk, frame, SIZE)
        except (HttpError, NoPicture) as error:
            await self._nothing(str(error))
            return
        self._shots.value = _Shot(small, trio.current_time())
        await self._keep(await trio.to_thread.run_sync(shrunk, small, PLACE) if self._to_keep else None)

    async def _nothing(self, reason: str) -> None:
        log.debug("no_camera_picture", reason=reason)
        self._shots.value = _Shot(None, trio.current_time())
        await self._keep(None)

    async def _keep(self, picture: bytes | None) -> None:
        """Makes this the picture of the places that were stored; without one they have none, rather than an old one."""
        numbers, self._to_keep = self._to_keep, set()
        for number in numbers:
            self._places.pop(number, None)
            if picture is not None:
                self._places[number] = picture
            self._store.apply(PresetPictured(number, _mark(picture)))
            if self._folder is not None:
                await trio.to_thread.run_sync(_write, self._folder, number, picture)

    async def _read(self) -> None:
        if self._folder is None:
            return
        for number, picture in (await trio.to_thread.run_sync(_read, self._folder)).items():
            self._places.setdefault(number, picture)
            self._store.apply(PresetPictured(number, _mark(self._places[number])))


def _mark(picture: bytes | None) -> int:
    return 0 if picture is None else zlib.crc32(picture) or 1


def _write(folder: Path, number: int, picture: bytes | None) -> None:
    path = folder / f"{number}.jpg"
    try:
        atomic.make_folder(folder, 0o700)
        if picture is None:
            atomic.remove(path)
        else:
            atomic.write(path, picture)
    except OSError as error:
        log.warning("preset_picture_not_kept", path=str(path), reason=str(error))


def _read(folder: Path) -> dict[int, bytes]:
    """Returns the pictures that are kept, each written anew: a file may be anything."""
    found: dict[int, bytes] = {}
    if not folder.is_dir():
        return found
    for path in folder.iterdir():
        if (match := _NAME.fullmatch(path.name)) is not None:
            with contextlib.suppress(OSError, NoPicture):
                found[int(match[1])] = shrunk(read_file(path, LARGEST_PLACE, follow=False), PLACE)
    return found
