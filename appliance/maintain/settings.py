"""The settings of the room's terminal, as whoever maintains the box sees and changes them."""

from collections.abc import Mapping
from typing import Literal, Protocol, TypeAlias

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.settings.rows import Row
from appliance.room.settings.setting import Value

Became: TypeAlias = Literal["asked", "confirmed", "refused", "unconfirmed"]


class Change(msgspec.Struct, frozen=True):
    """What somebody wanted a setting to be, and what became of it; `text`: why it is not so.

    `unconfirmed`: nobody knows whether it was done, or it was accepted and is not so.
    """

    value: Value
    became: Became
    text: Text = NOTHING


class Seen(msgspec.Struct, frozen=True):
    """The settings as they are, and the last change of each, unless it was confirmed.

    `why`: why nothing is known now; NOTHING while there is a link.
    """

    why: Text
    rows: tuple[Row, ...] = ()
    changes: Mapping[str, Change] = {}


class Settings(Protocol):
    """What reads and changes them."""

    async def read(self, *, afresh: bool) -> None:
        """Asks the terminal for all of them, or only for what it has not told in this session."""

    def seen(self) -> Seen:
        """Returns what is known."""

    async def change(self, wanted: Mapping[str, Value], who: str, by: str, within: float) -> Mapping[str, Change]:
        """Asks the terminal to change settings; waits so many seconds for it to confirm. Returns what became of each.

        `who` asks, who is known as `by`: for the audit. Raises `TooMany`: too much is asked.
        """


class TooMany(Exception):
    """More was asked in the last seconds than anybody can mean: as of all actions, `BURST` in `SPAN`."""
