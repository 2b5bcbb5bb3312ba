"""What a program may do here, and who says so."""

from enum import StrEnum
from typing import Final, Protocol

import msgspec

from appliance.terminal.client.permissions import ADMINISTRATOR_ONLY, INFERRED
from appliance.terminal.messages.base import COMMAND_TYPES
from appliance.terminal.messages.enums import Privileges


class Role(StrEnum):
    """Which commands a program may send."""

    ADMIN = "admin"  # what the terminal's administrator may
    USER = "user"  # what the terminal's user may
    READ = "read"  # what changes nothing; it hears every event


class Grant(msgspec.Struct, frozen=True):
    """What a program that has shown its credentials may do; `name` is for people.

    `power`: it may also restart the terminal, switch it off, renew it and log it in or out.
    `stay`: it stays connected while there is no link to the terminal.
    """

    name: str
    role: Role
    power: bool = False
    stay: bool = False

    @property
    def privileges(self) -> Privileges:
        """The account that the program has, in the terminal's own terms."""
        return Privileges.ADMINISTRATOR if self.role is Role.ADMIN else Privileges.USER


class Doors(Protocol):
    """Who is let in, in one place that programs can connect to."""

    def enter(self, credentials: str | None) -> Grant | None:
        """Returns what a program with these credentials may do, None for nothing; `credentials`: None without any."""
        ...

    @property
    def secured(self) -> bool:
        """Whether credentials are needed."""
        ...


def _lower(*methods: str) -> frozenset[str]:
    return frozenset(method.lower() for method in methods)


# Terminals compare the names of methods without regard to case, so everything here is in lower case.
ACCOUNTS: Final = _lower("setAuthParams")
"""Nobody's: it would change the PIN by which the appliance itself comes in."""

POWER: Final = _lower(*INFERRED, "setComPort", "setUsedApiVersion", "startHttpServer", "stopHttpServer")
"""What takes the terminal from everybody, the appliance included, or changes which terminal it is."""

_ADMINISTRATOR: Final = _lower(*ADMINISTRATOR_ONLY)
_NOT_FOR_READERS: Final = _lower(
    "getAvailableServersList",  # makes the terminal search the network
    "getContactDetails",  # makes it ask its server about somebody
    "getFileTransferPIN",  # a secret
    "getHardwareKey",  # identifies the licence
    "getTokenForHttpServer",  # would let it upload files
    "getTrueConfRoomProKey",  # a secret
)

NOT_KNOWN: Final = "unknown method"
ADMINISTRATOR: Final = "administrator only"
READ_ONLY: Final = "not allowed: this program may only read"
NOT_SHARED: Final = "not allowed: the terminal's protection is changed on the terminal itself"
NO_POWER: Final = "not allowed: this program may not restart, update or register the terminal"


def refusal(grant: Grant, method: str) -> str:
    """Returns why a program may not send a command, in the words of a reply's `error`; empty where it may."""
    method = method.lower()
    if method in ACCOUNTS:
        return NOT_SHARED
    if grant.role is Role.READ and not _reads(method):
        return READ_ONLY
    if grant.role is Role.USER and method in _ADMINISTRATOR:
        return ADMINISTRATOR
    if not grant.power and method not in COMMAND_TYPES:
        return NOT_KNOWN  # what is not known here might be about the terminal's accounts
    return NO_POWER if method in POWER and not grant.power else ""


def _reads(method: str) -> bool:
    return method.startswith("get") and method in COMMAND_TYPES and method not in _NOT_FOR_READERS
