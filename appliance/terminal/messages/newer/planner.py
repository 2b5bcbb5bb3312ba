"""Meetings that a program plans: the terminal's own schedule, beside the server's."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, command


class CustomInvitation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody invited (names as on the wire)."""

    id: str
    display_name: str = ""


class CustomTimes(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a meeting takes place (names as on the wire).

    start_time: ISO 8601.
    duration: Seconds.
    days: Seven numbers, one for each day of the week.
    """

    start_time: str = ""
    duration: int | None = None
    days: tuple[int, ...] = ()


class CustomMeeting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A planned meeting (names as on the wire); its id must not be one of the server's.

    created_at: ISO 8601.
    mode: `PxP` all on screen, `OxP` video lecture, `S|L` role-based.
    access: `private` or `public`.
    """

    id: str
    created_at: str = ""
    session_id: str = ""
    mode: str = ""
    owner: str = ""
    topic: str = ""
    state: str = ""
    access: str = ""
    invitations: tuple[CustomInvitation, ...] = ()
    schedule_type: str = ""
    schedule: CustomTimes | None = None


@command
class SetCustomSchedule(Command, frozen=True, kw_only=True):
    """Replaces the meetings that programs have planned on this terminal."""

    method: ClassVar[str] = "setCustomScheduler"

    conferences: tuple[CustomMeeting, ...]


@command
class EraseCustomSchedule(Command, frozen=True, kw_only=True):
    """Removes the meetings that programs have planned on this terminal."""

    method: ClassVar[str] = "eraseCustomScheduler"
