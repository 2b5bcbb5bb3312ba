"""The OLED follows the room."""

import math
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import datetime
from typing import Final, Literal, TypeAlias

import trio
from PIL import Image

from appliance.display.burnin import DisplayPolicy, glass
from appliance.display.draw import compose, shown_since
from appliance.display.geometry import Geometry
from appliance.display.view import View
from appliance.language.catalogue import ENGLISH, Language
from appliance.room.state import RoomState
from appliance.services.store import RoomStore
from drivers.errors import DeviceError
from drivers.oled.oled import Oled

FRAME = 0.05  # seconds between two pictures at least: more often no eye sees and no I2C bus carries
LOOK_FOR_CLOCK = 2.0  # seconds between two looks for the time, while it is not known
LAST_PICTURE = 0.5  # seconds that the goodbye may take

REFRESH, FOR_A_PICTURE = 600.0, 60.0
"""Seconds after which a lit display is started again, with its picture, and for which that waits for a picture that is
drawn anyway, as the clock is each minute: a display that lost power for a moment shows nothing and acknowledges
everything. It costs a whole picture, which was most of what an idle minute sent while it came each minute; and who
touches anything starts a dark display in any case."""

Open = Callable[[], AbstractAsyncContextManager[Oled]]

LIT: Final = "lit"
Tried: TypeAlias = RoomState | Literal["lit"]
"""What the glass shows when it is tried: a room, or every pixel lit."""


class Said:
    """What the display says now, in words, for whoever cannot see it; nothing while it is dark or not there."""

    words: tuple[str, ...] = ()
    picture: Image.Image | None = None  # what is on the glass; None while it is dark, not there, or secret

    def all(self) -> tuple[str, ...]:
        """Returns all of it, in the order in which it is read."""
        return self.words


class DisplayService:
    """Draws the room whenever it looks different, and rests the glass when nobody looks."""

    def __init__(
        self,
        open_display: Open,
        store: RoomStore,
        policy: DisplayPolicy,
        *,
        name: str,
        address: Callable[[], str],
        clock: Callable[[], datetime | None],
        remark: Callable[[], str] = str,
        language: Language = ENGLISH,
        joins: Callable[[RoomState], str] = lambda _state: "",
        said: Said | None = None,
    ) -> None:
        """`name` is the room's; `address` where the appliance is reached; `clock` the local time, None if not known.

        `remark`: a line for whoever looks after the box, empty for none. `language`: that of the pages.
        `said` is told what they say.
        """
        self._open = open_display
        self._store = store
        self._policy = policy
        self._name = name
        self._address = address
        self._clock = clock
        self._remark = remark
        self._language = language
        self._joins = joins
        self._said = said or Said()
        self._view: View | None = None
        self._dark = False
        self._tried: Tried | None = None  # what is shown instead of the room
        self._on_glass: Tried | None = None
        self._drew = trio.Event()
        self._resting = trio.CancelScope()  # until something changes
        self._started_at = -math.inf  # when the display was last started, or started again

    @contextmanager
    def tried(self, what: Tried) -> Iterator[None]:
        """Shows something else than the room, for as long as it lasts."""
        self._tried = what
        self._resting.cancel()
        try:
            yield
        finally:
            self._tried = None
            self._resting.cancel()

    async def drawn(self) -> None:
        """Waits until the display has taken what is tried; as long as it is not there."""
        while self._on_glass is not self._tried:
            await self._drew.wait()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Draws until cancelled; raises `DeviceError`.

        At the end of the room its last picture stays on the glass. Where only this ends, as the configuration has no
        display any more, the glass goes dark: nobody would renew what it says.
        """
        try:
            async with self._open() as oled:
                task_status.started()
                self._started_at = trio.current_time()
                await self._follow_to_the_end(oled)
        except DeviceError:
            self._said.words, self._said.picture = (), None
            raise

    async def _follow_to_the_end(self, oled: Oled) -> None:
        try:
            await self._follow(oled)
        finally:
            with trio.move_on_after(LAST_PICTURE, shield=True):
                await (self._draw(oled) if self._store.state.halted else self._darken(oled))

    async def _darken(self, oled: Oled) -> None:
        self._said.words, self._said.picture = (), None
        await oled.show(Image.new(oled.config.mode, (oled.config.width, oled.config.height)))
        await oled.hide()

    async def _follow(self, oled: Oled) -> None:
        while True:
            drawn = self._store.state
            began, tried = trio.current_time(), self._tried
            until = await self._draw(oled)
            with trio.CancelScope(deadline=until if tried is self._tried else -math.inf) as self._resting:
                await self._store.followed.newer_than(drawn)
            if trio.current_time() < began + FRAME:
                await trio.sleep_until(began + FRAME)

    async def _draw(self, oled: Oled) -> float:
        """Draws the room as it is now; returns the moment until which that picture is right."""
        config, tried = oled.config, self._tried
        if tried == LIT:
            await self._light(oled)
            return math.inf
        view = self._look(tried or self._store.state, Geometry(config.width, config.height, config.mode))
        rest = glass(self._policy, view.state, view.now, view.state.active_at)
        drawing = compose(view, rest.shift)
        self._mistrust(oled, view.now, dark=rest.hidden)
        self._said.words = () if rest.hidden else drawing.words  # first: whoever sees the picture looks for its words
        self._said.picture = None if rest.hidden or drawing.secret else drawing.image
        await oled.show(drawing.image)
        await oled.set_contrast(rest.contrast)
        if rest.hidden:
            await oled.hide()
            return view.now + soonest(rest.changes_in)
        await oled.wake()
        self._say_drawn(tried)
        clock_may_come = LOOK_FOR_CLOCK if view.clock is None else None
        changes_at = view.now + soonest(rest.changes_in, drawing.changes_in, clock_may_come)
        return min(changes_at, self._started_at + REFRESH + FOR_A_PICTURE)

    async def _light(self, oled: Oled) -> None:
        """Lights every pixel."""
        size = oled.config.width, oled.config.height
        self._said.words, self._said.picture = (), Image.new(oled.config.mode, size, "white")
        await oled.show(self._said.picture)
        await oled.set_contrast(self._policy.contrast)
        await oled.wake()
        self._say_drawn(LIT)

    def _say_drawn(self, tried: Tried | None) -> None:
        if tried is not self._on_glass:
            self._on_glass = tried
            self._drew.set()
            self._drew = trio.Event()

    def _mistrust(self, oled: Oled, now: float, *, dark: bool) -> None:
        if self._dark and not dark:
            self._started_at = now  # waking starts it
        self._dark = dark
        if now >= self._started_at + REFRESH:
            oled.assume_reset()
            self._started_at = now

    def _look(self, state: RoomState, geometry: Geometry) -> View:
        now = trio.current_time()
        since = shown_since(state, now, self._view)
        self._view = View(
            state=state,
            room=self._name,
            address=self._address(),
            now=now,
            clock=self._clock(),
            shown_since=since,
            remark=self._remark(),
            language=self._language,
            geometry=geometry,
            join=self._joins(state),
        )
        return self._view


def soonest(*seconds: float | None) -> float:
    """Returns the least of them; None is never, which is infinity."""
    return min((some for some in seconds if some is not None), default=math.inf)
