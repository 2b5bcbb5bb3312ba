"""The video matrix: who is shown where in the main window, and which slots have monitors of their own."""

import math
from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import COUNT, TEXT, TEXTS, whole
from appliance.simulator.model.common.table import IN_CONFERENCE, Fields, Request, Table, asking, given
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.machine.uplink import Uplink
from appliance.simulator.model.media.screen import Screen
from appliance.simulator.model.media.slides import Slides
from appliance.simulator.model.people.directory import Directory

OWN, OWN_ON_WIRE, SLIDES = "VideoCaptureSlot", "#self:0", "SlideShowSlot"
WIDTH, HEIGHT = 1920, 1080  # pixels of the main window

Box = tuple[int, int, int, int]  # left, top, width, height


class Layout:
    """Slots in order (the first is the active one) and the type of the matrix, 0 to 6.

    Without a choice of a client the settings give the type, and everybody is shown: slides first, the room last.
    """

    def __init__(
        self,
        context: Context,
        directory: Directory,
        settings: Settings,
        uplink: Uplink,
        screen: Screen,
        slides: Slides,
        current: CurrentCall,
    ) -> None:
        self._options = context.options
        self._emit = context.emit
        self._directory = directory
        self._settings = settings
        self._uplink = uplink
        self._screen = screen
        self._slides = slides
        self._current = current
        self._chosen: tuple[int, list[str]] | None = None  # by a client, for this conference
        self._moved: dict[int, str] = {}  # index of the monitor -> slot
        self.hidden: list[str] = []  # slots that newer clients have hidden

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getVideoMatrix`."""
        kind, slots = self._matrix()
        shown = [slot for slot in slots if slot not in (*self._moved.values(), *self.hidden)]
        return {
            "matrixType": kind,
            "mainWindowWidth": WIDTH,
            "mainWindowHeight": HEIGHT,
            "participants": [self._slot(s, box) for s, box in zip(shown, boxes(kind, len(shown)), strict=False)],
            "externVideoSlots": [self._extern(index, slot) for index, slot in self._moved.items()],
        }

    def change(self, kind: int, participants: list[str]) -> None:
        """Shows exactly these slots in this order."""
        slots = [self._known(name) for name in participants]
        if len(set(slots)) < len(slots):
            raise Refused("wrong parameter: participants must be different ones")
        self._chosen = (kind, slots)
        self.changed()

    def change_kind(self, kind: int) -> None:
        """Lays out otherwise who is shown."""
        self._chosen = (kind, self._matrix()[1])
        self.changed()

    def hide(self, slot: str, *, hidden: bool) -> None:
        """Hides a slot, or shows it again."""
        slot = self._known(slot)
        others = [each for each in self.hidden if each != slot]
        self.hidden = [*others, slot] if hidden else others
        self.changed()

    def move(self, slot: str, index: int) -> None:
        """Moves a slot to a monitor of its own."""
        self._screen.monitor(index)
        slot = self._known(slot)
        self._moved = {i: s for i, s in self._moved.items() if s != slot} | {index: slot}
        self._emit("videoSlotMovedToMonitor", **self._extern(index, slot))
        self.changed()

    def put_back(self, index: int) -> None:
        """Moves what is on a monitor back into the matrix; refused if nothing is."""
        if index not in self._moved:
            raise Refused(errors.NOTHING_MOVED)
        gone = self._extern(index, self._moved.pop(index))
        self._emit("videoSlotRemovedFromMonitor", **gone)
        self.changed()

    def changed(self) -> None:
        """Reports the matrix as it is now; slots of people who have left are dropped from it."""
        present = [OWN_ON_WIRE, SLIDES, *self._present()]
        if self._chosen is not None:
            self._chosen = (self._chosen[0], [slot for slot in self._chosen[1] if slot in present])
        self._emit("videoMatrixChanged", **self.describe())

    def reset(self) -> None:
        """Forgets what was chosen for a conference."""
        self._chosen = None
        self._moved.clear()
        self.hidden.clear()

    def _matrix(self) -> tuple[int, list[str]]:
        if self._chosen is not None:
            return self._chosen
        roster = self._current.roster
        slides = [SLIDES] if self._slides.on_screen else []
        slots = [*slides, *self._present(), OWN_ON_WIRE]
        if roster is None:
            return 0, slots
        default = "defaultMultiConfMatrix" if roster.group else "defaultP2PMatrix"
        return self._settings.values[default], slots

    def _present(self) -> list[str]:
        return list(self._current.roster.present) if self._current.roster else []

    def _known(self, name: str) -> str:
        if name in (OWN, OWN_ON_WIRE) or name.lower() == self._options.room_id.lower():
            return OWN_ON_WIRE
        known_as = SLIDES if name == SLIDES else self._directory.party(name)["peerId"]
        if known_as not in (SLIDES, *self._present()):
            raise Refused(f"{errors.UNKNOWN_SLOT}: {name}")
        return known_as

    def _slot(self, slot: str, box: Box) -> dict[str, Any]:
        place = dict(zip(("left", "top", "width", "height"), box, strict=True))
        if slot == SLIDES:
            return {"peerId": slot, "title": self._slides.shown_title, **place}
        if slot == OWN_ON_WIRE:
            name = {"peerDn": self._options.room_name} if self._uplink.logged_in else {}
            return {"peerId": slot, **name, **place}
        return {**self._directory.party(slot), **place}

    def _extern(self, index: int, slot: str) -> dict[str, Any]:
        name = self._options.monitors[index].name
        return {"callId": slot, "monitorDisplayName": name, "monitorIdx": index, "monitorIsPrimary": index == 0}


def boxes(kind: int, count: int) -> list[Box]:
    """Returns where `count` slots go in a matrix of that kind; kind 0 shows the first one only."""
    if count == 0:
        return []
    if kind == 0 or count == 1:
        return [(0, 0, WIDTH, HEIGHT)]
    if kind == 2:
        return _grid(count)
    small_width, small_height = WIDTH // 3, HEIGHT // 3
    if kind == 1:
        return [(0, 0, WIDTH, HEIGHT), *_row(count - 1, HEIGHT - small_height, small_width, small_height)]
    if kind in (3, 5):  # small ones at the right, from the top
        height = min(small_height, HEIGHT // (count - 1))
        column = [(WIDTH - small_width, n * height, small_width, height) for n in range(count - 1)]
        return [(0, 0, WIDTH - small_width, HEIGHT - (0 if kind == 5 else small_height)), *column]
    top = HEIGHT - (HEIGHT // 10 if kind == 6 else HEIGHT // 5)
    width = min(WIDTH // 5, WIDTH // (count - 1))
    left = (WIDTH - top * 16 // 9) // 2
    return [(left, 0, top * 16 // 9, top), *_row(count - 1, HEIGHT - HEIGHT // 5, width, HEIGHT // 5)]


def _row(count: int, top: int, width: int, height: int) -> list[Box]:
    width = min(width, WIDTH // count)
    return [(n * width, top, width, height) for n in range(count)]


def _grid(count: int) -> list[Box]:
    columns = math.ceil(math.sqrt(count))
    width, height = WIDTH // columns, HEIGHT // columns
    return [(n % columns * width, n // columns * height, width, height) for n in range(count)]


def _change(layout: Layout, request: Request) -> None:
    layout.change(request["matrixType"], request["participants"])


_MATRIX = ("videoMatrixChanged",)

NEWER_LAYOUT: Table[Layout] = {
    "changeVideoMatrixType": given(
        lambda layout, request: layout.change_kind(request["matrixType"]),
        {"matrixType": whole(0, 6)},
        states=IN_CONFERENCE,
        events=_MATRIX,
    ),
    "hideVideoSlot": given(
        lambda layout, request: layout.hide(request["callId"], hidden=True),
        {"callId": TEXT},
        states=IN_CONFERENCE,
        events=_MATRIX,
    ),
    "showVideoSlot": given(
        lambda layout, request: layout.hide(request["callId"], hidden=False),
        {"callId": TEXT},
        states=IN_CONFERENCE,
        events=_MATRIX,
    ),
}
LAYOUT: Table[Layout] = {
    "getVideoMatrix": asking(Layout.describe),
    "changeVideoMatrix": given(
        _change,
        {"matrixType": whole(0, 6), "participants": TEXTS},
        states=IN_CONFERENCE,
        events=("videoMatrixChanged",),
    ),
    "moveVideoSlotToMonitor": given(
        lambda layout, request: layout.move(request["callId"], request["monitorIndex"]),
        {"callId": TEXT, "monitorIndex": COUNT},
        events=("videoSlotMovedToMonitor", "videoMatrixChanged"),
    ),
    "removeVideoSlotFromMonitor": given(
        lambda layout, request: layout.put_back(request["monitorIndex"]),
        {"monitorIndex": COUNT},
        events=("videoSlotRemovedFromMonitor", "videoMatrixChanged"),
    ),
}
