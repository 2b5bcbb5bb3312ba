"""What pages say over the live connection: each kind of message has somebody who hears it.

A message is a JSON object, and its kind is a field: the first of the table's that it has. `{}`, the page's beat, is of
no kind. To add one, write a class like `Asking` and put it into the table that `run/pages/status.py` gives to `Live`.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Protocol

import msgspec

from appliance.language.text import Text
from appliance.panel.live.touch import Takes


class Page:
    """One page that is open, for as long as its connection lasts: what kinds keep of a page, they keep by this."""

    def __init__(
        self, say: Callable[[Text], str], *, may_touch: bool, did: Callable[[str], None] = lambda _words: None
    ) -> None:
        """`say`: a sentence in the language of the page. `may_touch`: whether it may ask for anything at all.

        `did` is told what was done for it, in the words of actions.
        """
        self.say = say
        self.may_touch = may_touch
        self.did = did


class Hears(Protocol):
    """Hears one kind of message. Neither method waits for anything."""

    def hear(self, page: Page, said: bytes) -> Mapping[str, object] | None:
        """Takes a message as it was sent; returns what the page is answered, if anything.

        Raises `msgspec.MsgspecError` where it makes no sense, which ends the conversation.
        """

    def left(self, page: Page) -> None:
        """Ends whatever the page has begun: its connection is gone. Called once for each page, whatever it said."""


class Asking:
    """`{"do": ACTION, "id": N, "seen": NOW}`: asks for an action once, and is told `{"did": N, "why": WHY}`.

    The numbers of a page grow. What was done is not done again: a message that comes twice gets the same answer, and an
    older one none.
    """

    class _Said(msgspec.Struct, frozen=True):
        do: str
        id: Annotated[int, msgspec.Meta(ge=1)]
        seen: int = 0

    def __init__(self, touch: Takes) -> None:
        self._touch = touch
        self._done: dict[Page, int] = {}

    def hear(self, page: Page, said: bytes) -> Mapping[str, object] | None:
        """Has the action done, or returns why not."""
        asked = msgspec.json.decode(said, type=self._Said)
        done = self._done.get(page, 0)
        if asked.id <= done:
            return {"did": done, "why": ""} if asked.id == done else None
        why = self._touch.take(asked.do, asked.seen / 1000) if page.may_touch else Text("touch.only_looks")
        if not why:
            self._done[page] = asked.id
            page.did(asked.do)
        return {"did": asked.id, "why": page.say(why)}

    def left(self, page: Page) -> None:
        """Forgets the page; what it asked for goes on without it."""
        self._done.pop(page, None)


def heard(kinds: Mapping[str, Hears], page: Page, said: bytes) -> Mapping[str, object] | None:
    """Has a message heard by whoever hears its kind; returns the answer. Raises `msgspec.MsgspecError`."""
    fields = msgspec.json.decode(said, type=dict[str, msgspec.Raw])
    hears = next((kinds[kind] for kind in kinds if kind in fields), None)
    return None if hears is None else hears.hear(page, said)
