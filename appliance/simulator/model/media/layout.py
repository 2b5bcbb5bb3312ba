"""The video matrix: who is shown where on the main window, and which slots are on monitors of their own."""

import math
from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.parameters import COUNT, TEXT, TEXTS, whole
from appliance.simulator.model.table import IN_CONFERENCE, Fields, Request, Table, asking, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

OWN, OWN_ON_WIRE, SLIDES = "VideoCaptureSlot", "#self:0", "SlideShowSlot"
WIDTH, HEIGHT = 1920, 1080  # pixels of the main window

Box = tuple[int, int, int, int]  # left, top, width, height


class Layout:
    """Slots in order (the first is the active one) and the type of the matrix, 0 to 6."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._chosen: tuple[int, list[str]] | None = None  # by a client, for this conference
        self._moved: dict[int, str] = {}  # index of the monitor -> slot

    def describe(self) -> Fields:
        """The fields of the reply to `getVideoMatrix`."""
        kind, slots = self._matrix()
        shown = [slot for slot in slots if slot not in self._moved.values()]
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

    def move(self, slot: str, index: int) -> None:
        """Puts a slot on a monitor of its own."""
        self._terminal.screen.monitor(index)
        slot = self._known(slot)
        self._moved = {i: s for i, s in self._moved.items() if s != slot} | {index: slot}
        self._terminal.emit("videoSlotMovedToMonitor", **self._extern(index, slot))
        self.changed()

    def put_back(self, index: int) -> None:
        """Puts what is on a monitor back into the matrix."""
        if index not in self._moved:
            raise Refused(errors.NOTHING_MOVED)
        gone = self._extern(index, self._moved.pop(index))
        self._terminal.emit("videoSlotRemovedFromMonitor", **gone)
        self.changed()

    def changed(self) -> None:
        """Tells the matrix as it is now."""
        present = [OWN_ON_WIRE, SLIDES, *self._present()]
        if self._chosen is not None:
            self._chosen = (self._chosen[0], [slot for slot in self._chosen[1] if slot in present])
        self._terminal.emit("videoMatrixChanged", **self.describe())

    def reset(self) -> None:
        """The conference is over: what was chosen for it is forgotten."""
        self._chosen = None
        self._moved.clear()

    def _matrix(self) -> tuple[int, list[str]]:
        if self._chosen is not None:
            return self._chosen
        conference = self._terminal.calls.conference
        slides = [SLIDES] if self._terminal.slides.on_screen else []
        slots = [*slides, *self._present(), OWN_ON_WIRE]
        if conference is None:
            return 0, slots
        default = "defaultMultiConfMatrix" if conference.group else "defaultP2PMatrix"
        return self._terminal.settings.values[default], slots

    def _present(self) -> list[str]:
        conference = self._terminal.calls.conference
        return list(conference.participants.present) if conference else []

    def _known(self, name: str) -> str:
        if name in (OWN, OWN_ON_WIRE) or name.lower() == self._terminal.options.room_id.lower():
            return OWN_ON_WIRE
        known_as = SLIDES if name == SLIDES else self._terminal.directory.party(name)["peerId"]
        if known_as not in (SLIDES, *self._present()):
            raise Refused(f"{errors.UNKNOWN_SLOT}: {name}")
        return known_as

    def _slot(self, slot: str, box: Box) -> dict[str, Any]:
        place = dict(zip(("left", "top", "width", "height"), box, strict=True))
        if slot == SLIDES:
            return {"peerId": slot, "title": self._terminal.slides.shown_title, **place}
        if slot == OWN_ON_WIRE:
            name = {"peerDn": self._terminal.options.room_name} if self._terminal.uplink.logged_in else {}
            return {"peerId": slot, **name, **place}
        return {**self._terminal.directory.party(slot), **place}

    def _extern(self, index: int, slot: str) -> dict[str, Any]:
        name = self._terminal.options.monitors[index].name
        return {"callId": slot, "monitorDisplayName": name, "monitorIdx": index, "monitorIsPrimary": index == 0}


def boxes(kind: int, count: int) -> list[Box]:
    """Where `count` slots go in a matrix of that kind; kind 0 shows the first one only."""
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


def _change(terminal: "Terminal", request: Request) -> None:
    terminal.layout.change(request["matrixType"], request["participants"])


LAYOUT: Table = {
    "getVideoMatrix": asking(lambda terminal: terminal.layout.describe()),
    "changeVideoMatrix": given(
        _change,
        {"matrixType": whole(0, 6), "participants": TEXTS},
        states=IN_CONFERENCE,
        events=("videoMatrixChanged",),
    ),
    "moveVideoSlotToMonitor": given(
        lambda terminal, request: terminal.layout.move(request["callId"], request["monitorIndex"]),
        {"callId": TEXT, "monitorIndex": COUNT},
        events=("videoSlotMovedToMonitor", "videoMatrixChanged"),
    ),
    "removeVideoSlotFromMonitor": given(
        lambda terminal, request: terminal.layout.put_back(request["monitorIndex"]),
        {"monitorIndex": COUNT},
        events=("videoSlotRemovedFromMonitor", "videoMatrixChanged"),
    ),
}
