"""What a panel may ask of the room: some words of the grammar that buttons have, said by somebody who sees the room."""

from collections.abc import Callable
from typing import Final

from appliance.language.text import NOTHING, Text
from appliance.room.actions import Action, ActionError, parse

FRESH: Final = 3.0  # seconds; who has not heard of the room for longer sees another room than there is
LONGEST: Final = 300  # characters of an action

_TOUCHED: Final = frozenset(
    {
        *("call", "join", "answer", "accept", "decline", "hang_up", "redial", "hold"),
        *("mute", "volume", "dial", "backspace", "clear", "podium", "dnd"),
        *("mute_all", "mute_one", "remove", "invite", "content", "layout"),
    }
)
"""First words of actions that need no more than a person in the room: nothing here lasts longer than a call."""

_WHOLE: Final = frozenset({"camera allow", "camera refuse"})
"""The same of actions that begin as others do."""


class Touch:
    """Takes what panels ask. `put`: where a person's actions go."""

    def __init__(self, put: Callable[[Action], None], now: Callable[[], float]) -> None:
        """`now`: monotonic seconds, those that pages are told."""
        self._put = put
        self._now = now

    def take(self, words: str, seen: float) -> Text:
        """Does what the words say, for somebody who saw the room at `seen`; returns why not, or nothing."""
        if not self._now() - FRESH <= seen <= self._now() + FRESH:
            return Text("touch.stale")
        verb = words[:LONGEST].split(" ", 1)[0]
        if (verb not in _TOUCHED and words not in _WHOLE) or len(words) > LONGEST:
            return Text("touch.not_allowed")
        try:
            action = parse(words)
        except ActionError as error:
            return error.text
        self._put(action)
        return NOTHING
