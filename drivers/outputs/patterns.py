"""Patterns of lamps, lights and bars: what they show one after the other, and for how long, over and over.

A pattern is a list of steps in words: "on 0.5" is lit for half a second, "off 0.5" is dark, "30% 0.5" is dim, and
"red 0.5" or "#ff8000 0.5" has a colour of its own instead of the one that is shown. One step without a time is steady.
Times are kept in whole milliseconds, so that patterns that began together stay together. No I/O and no clock.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import msgspec

from drivers.outputs.timeline import Timeline

T = TypeVar("T")

COLOURS: Final = {
    "white": "#ffffff",
    "red": "#ff0000",
    "amber": "#ffa000",
    "yellow": "#ffff00",
    "green": "#00ff00",
    "cyan": "#00ffff",
    "blue": "#0000ff",
    "magenta": "#ff00ff",
}
"""Colours that have a name."""

SHORTEST, LONGEST = 50, 60_000
"""Milliseconds of a step: ten flashes a second, which is more than anybody should look at, and a minute."""

MOST_STEPS = 32

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_WORDS = re.compile(r"(on|off|(\d{1,3})%|#[0-9a-fA-F]{6}|[a-z]+)(?:\s+(\d{1,2}(?:\.\d{1,3})?))?", re.ASCII)


class Step(msgspec.Struct, frozen=True):
    """What is shown for a while. `level`: 0.0 to 1.0; `colour`: "#rrggbb", empty for the usual one."""

    level: float
    colour: str = ""
    milliseconds: int = 0

    @property
    def lit(self) -> bool:
        """Whether a lamp that knows no levels is lit."""
        return self.level >= 0.5


class Pattern(msgspec.Struct, frozen=True):
    """Steps that repeat. One step is steady, whatever its time."""

    steps: tuple[Step, ...]

    @property
    def steady(self) -> bool:
        """Whether it never changes."""
        return len(self.steps) == 1

    def timeline(self, look: Callable[[Step], T]) -> Timeline[T]:
        """Returns what somebody who shows it as `look` says has to show, and when."""
        return Timeline((look(step), step.milliseconds) for step in self.steps)


def colour_of(word: str) -> str:
    """Returns a colour as "#rrggbb". ValueError: it is no colour."""
    colour = COLOURS.get(word, word.lower())
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{word!r} is no colour; expected one of {', '.join(COLOURS)}, or six digits such as #ff8000")
    return colour


def channels(colour: str) -> tuple[int, int, int]:
    """Returns red, green and blue of "#rrggbb", 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def pattern(words: Iterable[str]) -> Pattern:
    """Returns the pattern that these steps are. ValueError: a step makes no sense, or there are none or too many."""
    texts = list(words)
    if not 1 <= len(texts) <= MOST_STEPS:
        raise ValueError(f"{len(texts)} steps; expected 1 to {MOST_STEPS}")
    steps = tuple(_step(text) for text in texts)
    for text, step in zip(texts, steps, strict=True):
        if len(steps) > 1 and not SHORTEST <= step.milliseconds <= LONGEST:
            raise ValueError(f"step {text!r} lasts {step.milliseconds / 1000:g} s; expected {_TIMES}")
    return Pattern(steps)


def _step(text: str) -> Step:
    found = _WORDS.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"step {text!r} cannot be read; expected {_FORM}")
    what, percent, seconds = found.groups()
    milliseconds = round(float(seconds or 0) * 1000)
    if percent is not None:
        if int(percent) > 100:
            raise ValueError(f"step {text!r}: expected 0% to 100%")
        return Step(int(percent) / 100, "", milliseconds)
    return _PLAIN[what](milliseconds) if what in _PLAIN else Step(1.0, colour_of(what), milliseconds)


_TIMES = f"{SHORTEST / 1000:g} to {LONGEST / 1000:g} seconds"
_FORM = f'"on", "off", "30%" or a colour, and {_TIMES}, such as "on 0.5"'
_PLAIN = {
    "on": lambda milliseconds: Step(1.0, "", milliseconds),
    "off": lambda milliseconds: Step(0.0, "", milliseconds),
}

OFF: Final = pattern(["off"])
ON: Final = pattern(["on"])
BLINK: Final = pattern(["on 0.5", "off 0.5"])
BLINK_FAST: Final = pattern(["on 0.125", "off 0.125"])
UNKNOWN: Final = pattern(["on 0.125", "off 1.875"])

BUILT_IN: Final = {"off": OFF, "on": ON, "blink": BLINK, "blink_fast": BLINK_FAST, "unknown": UNKNOWN}
"""The patterns that every room has, by name."""
