"""What pages say over the live connection: each kind of message has somebody who hears it.

A message is a JSON object, and its kind is a field: the first of the table's that it has. `{}`, the page's beat, is of
no kind. To add one, write a class like `Asking` and put it into the table that `run/status.py` gives to `Live`.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from appliance.language.text import Text
from appliance.panel.touch import Takes


class Page:
    """One page that is open, for as long as its connection lasts: what kinds keep of a page, they keep by this."""

    def __init__(self, say: Callable[[Text], str], *, may_touch: bool) -> None:
        """`say`: a sentence in the language of the page. `may_touch`: whether it may ask for anything at all."""
        self.say = say
        self.may_touch = may_touch


class Hears(Protocol):
    """Hears one kind of message. Neither method waits for anything."""

    def hear(self, page: Page, said: bytes) -> Mapping[str, object] | None:
        """Takes a message as it was sent; returns what the page is answered, if anything.

        Raises `msgspec.MsgspecError` where it makes no sense, which ends the conversation.
        """

    def left(self, page: Page) -> None:
        """Ends whatever the page has begun: its connection is gone. Called once for each page, whatever it said."""


class Asking:
    """`{"do": ACTION, "id": N, "seen": NOW}`: asks for an action once, and is told `{"did": N, "why": WHY}`."""

    class _Said(msgspec.Struct, frozen=True):
        do: str
        id: int = 0
        seen: int = 0

    def __init__(self, touch: Takes) -> None:
        self._touch = touch

    def hear(self, page: Page, said: bytes) -> Mapping[str, object]:
        """Has the action done, or returns why not."""
        asked = msgspec.json.decode(said, type=self._Said)
        why = self._touch.take(asked.do, asked.seen / 1000) if page.may_touch else Text("touch.only_looks")
        return {"did": asked.id, "why": page.say(why)}

    def left(self, page: Page) -> None:
        """Nothing is left to end: what was asked for once goes on without the page."""


def heard(kinds: Mapping[str, Hears], page: Page, said: bytes) -> Mapping[str, object] | None:
    """Has a message heard by whoever hears its kind; returns the answer. Raises `msgspec.MsgspecError`."""
    fields = msgspec.json.decode(said, type=dict[str, msgspec.Raw])
    hears = next((kinds[kind] for kind in kinds if kind in fields), None)
    return None if hears is None else hears.hear(page, said)
