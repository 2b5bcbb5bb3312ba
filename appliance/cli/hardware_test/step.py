"""A step, what it measured and what that means. No I/O.

A step measures, and a pure function makes a `Finding` of the figures: each `Figure` has the limits that it is judged
by, so that the report shows them beside the value and a test needs no hardware. A step that nobody asked for, or that
has nothing to try, is skipped and says why; it never passes by default.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from appliance.language.text import NOTHING, Text

if TYPE_CHECKING:
    from appliance.cli.hardware_test.bench import Bench

Outcome = Literal["passed", "failed", "skipped"]
DIGITS: Final = 4  # significant ones of a figure: no measurement here is better than that


class Figure(msgspec.Struct, frozen=True):
    """A measured value.

    `of`: of which part, empty where there is one only. `unit`: "ms", "s", "MiB", "°C", "%", empty for a count.
    `least`, `most`: what is expected, None where the value is told and not judged.
    """

    what: Text
    value: float | str
    unit: str = ""
    of: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def name(self) -> str:
        """Its name for machines: the last part of the key."""
        return self.what.key.rpartition(".")[2]

    @property
    def fits(self) -> bool:
        """Whether it is as expected; what is no number always is."""
        if isinstance(self.value, str):
            return True
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    @property
    def said(self) -> str:
        """The value with its unit."""
        return with_unit(self.value, self.unit)


class Finding(msgspec.Struct, frozen=True):
    """What came of a step; `why`: what was wrong, why it was skipped, or what remains to be seen."""

    outcome: Outcome
    figures: Sequence[Figure] = ()
    why: Text = NOTHING


class Step(msgspec.Struct, frozen=True):
    """Something that only a board can show.

    `title`: what is to be shown, also the line of the check-list. `limit`: seconds for all of it, with the time that a
    person has. `disturbs`: it restarts the box, so it is not part of a run unless it is named or somebody says yes.
    `devices`: it opens what the room's service has open. `kiosk`: it is about a screen on the box.
    """

    name: str
    title: Text
    run: "Callable[[Bench], Awaitable[Finding]]"
    limit: float
    disturbs: bool = False
    devices: bool = False
    kiosk: bool = False


def judged(figures: Sequence[Figure], note: Text = NOTHING) -> Finding:
    """Returns passed where every figure is as expected, else failed with those that are not.

    `note`: what is said of a step that passed.
    """
    beyond = [figure for figure in figures if not figure.fits]
    if beyond:
        return failed(Text("hwtest.beyond", figures=reduce(_together, map(_beyond, beyond))), figures)
    return Finding("passed", figures, note)


def failed(why: Text, figures: Sequence[Figure] = ()) -> Finding:
    """Returns a failure, with what was measured all the same."""
    return Finding("failed", figures, why)


def skipped(why: Text, figures: Sequence[Figure] = ()) -> Finding:
    """Returns that it was not tried."""
    return Finding("skipped", figures, why)


def with_unit(value: float | str, unit: str) -> str:
    """Returns a value as people write it."""
    number = value if isinstance(value, str) else f"{value:.{DIGITS}g}" if abs(value) < 10**DIGITS else f"{value:.0f}"
    return f"{number} {unit}".strip()


def _beyond(figure: Figure) -> Text:
    """Returns a figure and the limit that it misses."""
    too_little = figure.least is not None and not isinstance(figure.value, str) and figure.value < figure.least
    limit = f"≥ {figure.least:g}" if too_little else f"≤ {figure.most:g}"
    of = f" ({figure.of})" if figure.of else ""
    return Text("hwtest.figure", what=figure.what, of=of, value=f"{figure.said} ({limit})")


def _together(one: Text, more: Text) -> Text:
    return Text("hwtest.list", one=one, more=more)
