"""Sequences of the kernel's input events: every press of a key ends, and no line is longer than it may be.

An input is a row of three bytes each: what happens, and two numbers about it. They become `struct input_event`s, or
time, or junk. A keypad with gestures and a reader that types hear the same.
"""

from collections import Counter
from collections.abc import Iterator

from drivers.gpio.debounce import Kind
from drivers.keypad.codes import CODES
from drivers.keypad.gestures import Gesture, Gestures, Watched
from drivers.keypad.key_events import EV_KEY, EV_SYN, INPUT_EVENT, SYN_DROPPED, SYN_REPORT, KeyDecoder, KeyEvent
from drivers.keypad.keys import KEYMAP
from drivers.keypad.modifiers import MODIFIERS, Modifiers
from drivers.keypad.reader.layout import READER_KEYS
from drivers.keypad.reader.lines import LONGEST, Lines, Refused

OFTEN = tuple(
    CODES[f"KEY_{name}"]
    for name in (
        *("KP1", "KP2", "KP3", "1", "3", "8", "A", "KPENTER", "ENTER", "TAB", "KPASTERISK", "KPSLASH", "BACKSPACE"),
        *("LEFTSHIFT", "RIGHTSHIFT", "LEFTCTRL", "LEFTALT", "RIGHTALT", "LEFTMETA", "CAPSLOCK", "RIGHTBRACE", "F1"),
    )
)
STEPS = (0.001, 0.05, 0.11, 0.6, 1.1, 3.0)  # seconds
WATCHED = {
    "1": Watched(hold=0.5, typed=True),
    "2": Watched(),
    "#": Watched(hold=0.5, release=False),
    "both": Watched(hold=1.0),
}
CHORDS = {frozenset({"1", "3"}): "both"}
WORDS = (b"\x00\x01\x00", b"\x00\x00\x00", b"\x80\x00\x00", b"\x88\x00\x00", b"\x90\x02\x00", b"\x0d\x01\x00")


class Keypad:
    """A keypad with gestures, as its service has it."""

    def __init__(self) -> None:
        self.decoder = KeyDecoder(KEYMAP, (), Modifiers(MODIFIERS))
        self.gestures = Gestures(WATCHED, CHORDS)
        self.down = Counter[str]()
        self.begun = Counter[str]()

    def heard(self, events: list[KeyEvent], now: float) -> None:
        for event in events:
            self._balanced(event)
            if event.lost:
                self.gestures.forget()
                self.begun.clear()
            else:
                self._did(self.gestures.key(event, now))

    def _balanced(self, event: KeyEvent) -> None:
        if event.symbol:
            self.down[event.symbol] += 1 if event.down else -1
            assert self.down[event.symbol] >= 0, f"{event.symbol} came up and was not down"

    def check(self, now: float) -> None:
        self._did(self.gestures.check(now))
        assert self.gestures.deadline > now

    def _did(self, gestures: list[Gesture]) -> None:
        for gesture in gestures:
            if gesture.name in WATCHED:
                self._once(gesture.name, gesture.kind)

    def _once(self, name: str, kind: Kind) -> None:
        if kind is Kind.PRESSED:
            assert WATCHED[name].release is False or self.begun[name] == 0, f"{name} is pressed twice"
            self.begun[name] = 1
        else:
            assert self.begun[name] == 1, f"{name} is {kind.name.lower()} and was not pressed"
            self.begun[name] = 0 if kind is Kind.RELEASED else 1

    def unplugged(self) -> None:
        for event in self.decoder.release_all():
            self._balanced(event)
        assert not +self.down, f"{dict(+self.down)} stay down on a keypad that is gone"


class Reader:
    """A reader that types."""

    def __init__(self) -> None:
        self.decoder = KeyDecoder(READER_KEYS, (), Modifiers())
        self.lines = Lines("western")

    def heard(self, events: list[KeyEvent], now: float) -> None:
        for event in events:
            line = self.lines.key(event, now)
            assert line is None or isinstance(line, Refused) or 0 < len(line) <= LONGEST


def one_input(data: bytes) -> None:
    """Types all this on a keypad and a reader, and unplugs them."""
    keypad, reader, now = Keypad(), Reader(), 0.0
    for happened in _steps(data):
        if isinstance(happened, float):
            now += happened
            keypad.check(now)
            continue
        cut = len(happened) // 2  # reads may end anywhere
        for part in (happened[:cut], happened[cut:]):
            for each in (keypad, reader):
                each.heard(_events(each.decoder, part), now)
    keypad.unplugged()


def _events(decoder: KeyDecoder, data: bytes) -> list[KeyEvent]:
    events = decoder.feed(data)
    return events + (decoder.resync((OFTEN[0], OFTEN[13])) if decoder.resync_due else [])


def _steps(data: bytes) -> Iterator[bytes | float]:
    for at in range(0, len(data) - 2, 3):
        what, one, other = data[at : at + 3]
        if what < 0x80:
            yield INPUT_EVENT.pack(0, 0, EV_KEY, OFTEN[what % len(OFTEN)], one % 3)
        elif what < 0x88:
            yield INPUT_EVENT.pack(0, 0, EV_SYN, SYN_REPORT, 0)
        elif what < 0x90:
            yield INPUT_EVENT.pack(0, 0, EV_SYN, SYN_DROPPED, 0)
        elif what < 0xC0:
            yield STEPS[one % len(STEPS)]
        elif what < 0xE0:
            yield INPUT_EVENT.pack(0, 0, EV_KEY, one | other << 8, what % 3)
        else:
            yield INPUT_EVENT.pack(-1, 2**31, one, other, -(2**31))


def seeds() -> Iterator[bytes]:
    """Keys typed, held and together, an Alt code, and events that the kernel dropped."""
    for code in range(len(OFTEN)):
        yield bytes((code, 1, 0, 0x80, 0, 0, 0x90, 2, 0, code, 0, 0, 0x80, 0, 0))
    yield bytes((0, 1, 0, 2, 1, 0, 0x90, 2, 0, 0x90, 4, 0, 2, 0, 0, 0, 0, 0))
    yield bytes((16, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 2, 1, 0, 2, 0, 0, 16, 0, 0, 7, 1, 0, 7, 0, 0))
    yield bytes((0, 1, 0, 0x88, 0, 0, 1, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xC1, 59, 0, 0xC0, 59, 0, 0xE0, 1, 2))
