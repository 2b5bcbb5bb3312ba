"""Plays a recording of an input device to the driver again. No I/O."""

from collections.abc import Iterator, Sequence

import msgspec

from drivers.keypad.config import KeypadConfig
from drivers.keypad.key_events import KeyDecoder
from drivers.keypad.learning.learner import Learned, Step
from drivers.keypad.learning.raw import RawKey, named_as, pressed
from drivers.keypad.learning.recording import Events, Meant, Recording, as_bytes
from drivers.keypad.modifiers import Modifiers
from drivers.speakerphone.recording import Asked, Outcome


class Replayed(msgspec.Struct, frozen=True):
    """What came of it: every key that went down, what each step taught, and the lines at which the driver differs."""

    keys: Sequence[RawKey]
    learned: Sequence[Learned]
    different: Sequence[int]


def replayed(recording: Recording, steps: Sequence[Step]) -> Replayed:
    """Returns what the recorded events mean now; steps that are not among `steps` are asked as they were named."""
    keys = [key for line in recording.lines if isinstance(line, Events) for key in pressed(line.node, line.events)]
    return Replayed(keys, list(_learned(recording, steps)), list(_different(recording)))


def _learned(recording: Recording, steps: Sequence[Step]) -> Iterator[Learned]:
    known = {step.meaning: step for step in steps}
    keys: list[RawKey] = []
    symbols: list[str] = []
    for line in recording.lines:
        if isinstance(line, Asked):
            keys, symbols = [], []
        elif isinstance(line, Events):
            keys += pressed(line.node, line.events)
        elif isinstance(line, Meant):
            symbols += [line.symbol] if line.down else []
        elif isinstance(line, Outcome):
            step = known.get(line.step, Step(line.step, line.step))
            yield Learned(step, tuple(keys), named_as([key.code for key in keys]), tuple(symbols))


def _different(recording: Recording) -> Iterator[int]:
    """Yields the numbers of the lines (from 1) after whose events the driver means something else than it did.

    Keys that were down when the recording began, and losses of the kernel, are not in it.
    """
    config = KeypadConfig()
    modifiers = Modifiers(config.modifiers())
    decoders = [KeyDecoder(config.keymap(), (), modifiers) for _ in recording.header.nodes]
    due: list[tuple[int, str, bool]] = []
    for number, line in enumerate(recording.lines, 2):
        if isinstance(line, Events):
            yield from (at for at, _, _ in due)
            means = decoders[line.node].feed(as_bytes(line.events))
            due = [(number, event.symbol, event.down) for event in means if not event.lost]
        elif isinstance(line, Meant):
            if due and due[0][1:] == (line.symbol, line.down):
                due.pop(0)
            else:
                yield number
    yield from (at for at, _, _ in due)
