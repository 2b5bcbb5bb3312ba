"""Fingers on the buttons that the configuration puts on the panel.

A page says `{"press": NAME, "id": N, "seen": NOW}` as one comes down, and `{"release": NAME, "id": N}` as it goes up;
with `"meant": false` where it slid off, and nothing is to be done.

To the room each is a button like any other, so that holds, questions and the room's lock are what they are everywhere.
A button is down on one page at a time. It goes up with the page that is gone: nobody can say any more whether a finger
is there, so that no press is finished by that, and none is held.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.panel.live.heard import Page
from appliance.panel.live.touch import is_fresh
from appliance.room.bindings.bindings import button_source, panel_name
from appliance.room.inputs import Input, Pressed, Released, SourceGone

LONGEST: Final = 60.0  # seconds; twice the longest hold, after which a page has forgotten to say that a finger went up


class Fingers:
    """Which buttons are down, and on which page."""

    def __init__(
        self, there: Callable[[], Collection[str]], put: Callable[[Input], None], now: Callable[[], float]
    ) -> None:
        """`there`: the names of the buttons that are there now. `put`: where inputs go. `now`: monotonic seconds."""
        self._there = there
        self._put = put
        self._now = now
        self._down: dict[str, tuple[Page, float]] = {}

    def press(self, name: str, seen: float, page: Page) -> Text:
        """A finger comes down, of somebody who saw the room at `seen`; returns why that does not count, or nothing."""
        if not page.may_touch:
            return Text("touch.only_looks")
        if not is_fresh(seen, self._now()):
            return Text("touch.stale")
        if name not in self._there():
            return Text("touch.no_such_button")
        if name in self._down and not self._is_over(name, page):
            return Text("touch.pressed_elsewhere")
        self._down[name] = page, self._now()
        page.did(f"press {name}")
        self._put(Pressed(panel_name(name)))
        return NOTHING

    def release(self, name: str, page: Page, *, meant: bool) -> None:
        """A finger goes up; `meant` False where it has slid off the button, or nobody can say where it is."""
        if name not in self._down or self._down[name][0] is not page:
            return
        if not meant:
            self._gone(name)
            return
        del self._down[name]
        self._put(Released(panel_name(name)))

    def left(self, page: Page) -> None:
        """A page is gone, and with it whatever its fingers held down."""
        for name in [name for name, (whose, _) in self._down.items() if whose is page]:
            self._gone(name)

    def _is_over(self, name: str, page: Page) -> bool:
        """Returns whether the button can be pressed again although nobody has said that it went up."""
        whose, since = self._down[name]
        if whose is not page and self._now() < since + LONGEST:
            return False
        self._gone(name)
        return True

    def _gone(self, name: str) -> None:
        del self._down[name]
        self._put(SourceGone(button_source(panel_name(name))))


class Pressing:
    """Hears `press`, and answers `{"did": N, "why": WHY}`."""

    class _Said(msgspec.Struct, frozen=True):
        press: str
        id: int = 0
        seen: int = 0

    def __init__(self, fingers: Fingers) -> None:
        self._fingers = fingers

    def hear(self, page: Page, said: bytes) -> Mapping[str, object]:
        """Has a button pressed, or returns why not."""
        asked = msgspec.json.decode(said, type=self._Said)
        return {"did": asked.id, "why": page.say(self._fingers.press(asked.press, asked.seen / 1000, page))}

    def left(self, page: Page) -> None:
        """Lets go of what the page held down."""
        self._fingers.left(page)


class Releasing:
    """Hears `release`, and answers likewise, so that whoever waits for an answer has one."""

    class _Said(msgspec.Struct, frozen=True):
        release: str
        id: int = 0
        meant: bool = True

    def __init__(self, fingers: Fingers) -> None:
        self._fingers = fingers

    def hear(self, page: Page, said: bytes) -> Mapping[str, object]:
        """Lets a button go up, whether or not it was down."""
        told = msgspec.json.decode(said, type=self._Said)
        self._fingers.release(told.release, page, meant=told.meant)
        return {"did": told.id, "why": ""}

    def left(self, page: Page) -> None:
        """Nothing is left to end that `Pressing` does not."""
