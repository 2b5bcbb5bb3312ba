"""All targets, by name: each is a module here, loaded only when it is wanted, as all it imports is instrumented."""

import importlib
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

SHORT: Final = {
    "frames": 4000,
    "long_frames": 2000,
    "visca": 600,
    "hid": 1000,
    "evdev": 3000,
    "config": 60,
    "http": 300,
    "broker": 300,
}
"""How many inputs of each target an ordinary test takes: a few seconds' worth."""


class Target(msgspec.Struct, frozen=True):
    """What is fuzzed: `take` an input, begin with the `seeds`, and build others from `words`, too."""

    name: str
    take: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    words: tuple[bytes, ...]


def target_of(name: str) -> Target:
    """Returns a target, one of `SHORT`."""
    module = importlib.import_module(f"{__name__}.{name}")
    return Target(name, module.one_input, module.seeds, module.WORDS)
