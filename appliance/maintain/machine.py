"""What whoever maintains the box does to the machine: it restarts, is renewed, saved, restored, or made to forget.

What the room would notice is done only for somebody who has read what it does (`sure`), and while somebody is in a
call only for somebody who has read that as well (`in_call`). These are two words, so that whoever was sure while the
room was free disturbs nothing that began before the second press.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

import msgspec
import trio

from appliance.language.text import NOTHING, Text, Worded
from appliance.maintain.wishes import Backup, Deed, Restore
from appliance.room.update import Update

LARGEST: Final = 32 << 20  # bytes of a backup that is sent to be restored, as `card.backup.sealed` has it
WITHIN: Final = 300.0  # seconds in which it has to arrive: 110 KB a second

Wants: TypeAlias = Literal["", "sure", "in_call"]


class Became(msgspec.Struct, frozen=True):
    """What became of a wish, in words; `wants`: what to say with the same wish, where it asks.

    "unknown": it was asked for, and whoever does it has not answered.
    """

    became: Literal["done", "asks", "refused", "unknown"]
    text: Text = NOTHING
    wants: Wants = ""


class CannotBe(Worded):
    """There is no backup to be had; `text` says why and what to do."""


class Copy(NamedTuple):
    """A backup: its bytes, as they come, and how many there are."""

    size: int
    pieces: AsyncIterator[bytes]


class Standing(msgspec.Struct, frozen=True):
    """How the machine stands: what is known of versions, and why something cannot be done; nothing where it can.

    `deputy`: why nothing can be done that needs root.
    """

    update: Update = Update()
    restart: Text = NOTHING
    renewal: Text = NOTHING
    deputy: Text = NOTHING


class Who(Protocol):
    """Somebody who wishes something, as the audit calls them."""

    @property
    def name(self) -> str:
        """Who."""

    @property
    def by(self) -> str:
        """How they are known."""


class Machine(Protocol):
    """The machine around the firmware. What is done is in the audit.

    `receiving`: held by whoever receives a file for it; one at a time, for the sake of memory.
    """

    receiving: trio.Lock

    def standing(self) -> Standing:
        """Returns how it stands now."""

    async def do(self, wish: Deed, who: Who) -> Became:
        """Does what somebody wishes, asks, or says why not."""

    async def restore(self, wish: Restore, content: bytes, who: Who) -> Became:
        """Makes the box what a backup says, asks, or says why not."""

    def backup(self, wish: Backup, who: Who) -> AbstractAsyncContextManager[Copy]:
        """Opens a new backup. Raises `CannotBe`, also while it is read."""
