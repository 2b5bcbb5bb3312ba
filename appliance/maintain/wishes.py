"""What whoever maintains a box may wish of the machine: the same for a page and for a program."""

from typing import Annotated, Final, Literal, TypeAlias

import msgspec

SHORTEST: Final = 12  # characters of a passphrase, as `offhook backup` wants it
LONGEST: Final = 1000  # characters of one; a page must not have the box chew on a book
Encoded: TypeAlias = Annotated[str, msgspec.Meta(max_length=4 * LONGEST)]
"""One in a header, percent-encoded."""


class Restart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A restart of the firmware; the machine goes on.

    now: At once, and not as soon as nobody is in a call.
    in_call: Also while somebody is in a call.
    """

    now: bool = False
    in_call: bool = False


class Reboot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A restart of the machine.

    sure: Whoever wishes it knows what it does; otherwise the answer says so, and nothing is done.
    in_call: Also while somebody is in a call.
    """

    sure: bool = False
    in_call: bool = False


class Reset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A factory reset.

    room: The name of the room that is to be forgotten, as `room.toml` has it.
    in_call: Also while somebody is in a call.
    """

    room: Annotated[str, msgspec.Meta(max_length=200)]
    in_call: bool = False


class Renewal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An update.

    wish: `check` what the channel has, or `install` it.
    """

    wish: Literal["check", "install"]


class Backup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A backup.

    passphrase: What the file is encrypted under; nobody can restore it without.
    """

    passphrase: Annotated[str, msgspec.Meta(min_length=SHORTEST, max_length=LONGEST)]

    def __repr__(self) -> str:
        return "Backup()"


class Restore(msgspec.Struct, frozen=True):
    """A restore of the file that comes with it; `sure`, `in_call`: as of a reboot."""

    passphrase: Encoded
    sure: bool = False
    in_call: bool = False

    def __repr__(self) -> str:
        return f"Restore(sure={self.sure}, in_call={self.in_call})"


Deed: TypeAlias = Restart | Reboot | Reset | Renewal
"""What is answered in words alone."""
