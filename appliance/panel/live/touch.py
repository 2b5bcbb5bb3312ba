"""What a panel may ask of the room: some words of the grammar that buttons have, said by somebody who sees the room."""

from collections.abc import Callable
from typing import Final, Protocol

from appliance.language.text import NOTHING, Text
from appliance.room.actions import Action, ActionError, parse

FRESH: Final = 3.0  # seconds; who has not heard of the room for longer sees another room than there is
LONGEST: Final = 300  # characters of an action

TOUCHED: Final = frozenset(
    {
        *("call", "join", "answer", "accept", "decline", "hang_up", "redial", "hold"),
        *("mute", "volume", "dial", "backspace", "clear", "podium", "dnd"),
        *("mute_all", "mute_one", "remove", "invite", "content", "layout"),
        *("camera", "preset"),
    }
)
"""First words of actions that need no more than a person in the room: of what lasts longer than a call only places."""


class Takes(Protocol):
    """Takes what pages ask."""

    def take(self, words: str, seen: float) -> Text:
        """Does what the words say, for somebody who saw the room at `seen`; returns why not, or nothing."""


class Touch:
    """Takes what panels ask. `put`: where a person's actions go."""

    def __init__(
        self,
        put: Callable[[Action], None],
        now: Callable[[], float],
        other: Callable[[str], bool] = lambda _words: False,
    ) -> None:
        """`now`: monotonic seconds, those that pages are told.

        `other` does what words mean that are not of the grammar, and returns whether they mean anything.
        """
        self._put = put
        self._now = now
        self._other = other

    def take(self, words: str, seen: float) -> Text:
        """Does what the words say, for somebody who saw the room at `seen`; returns why not, or nothing."""
        if not is_fresh(seen, self._now()):
            return Text("touch.stale")
        verb = words[:LONGEST].split(" ", 1)[0]
        if verb not in TOUCHED or len(words) > LONGEST:
            return Text("touch.not_allowed")
        if self._other(words):
            return NOTHING
        try:
            action = parse(words)
        except ActionError as error:
            return error.text
        if action.while_down:
            return Text("touch.not_allowed")  # nobody would end it: such a thing is held, see `holds`
        self._put(action)
        return NOTHING


def is_fresh(seen: float, now: float) -> bool:
    """Returns whether somebody who saw the room at `seen` sees it as it is."""
    return abs(now - seen) <= FRESH
