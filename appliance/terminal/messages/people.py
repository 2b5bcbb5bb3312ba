"""Address book, call history, schedule."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.enums import (
    AutoInvite,
    CallDirection,
    ConferenceType,
    MeetingRecording,
    MeetingType,
    PeerStatus,
)
from appliance.terminal.messages.newer.values import ExtStatus


class Contact(Wire, frozen=True, kw_only=True, gc=False):  # no part of a circle, and there may be 50,000
    """An entry of the address book."""

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    status: PeerStatus = PeerStatus.OFFLINE


class PersonStatus(Contact, frozen=True, kw_only=True):
    """A contact's status as an event tells it; all but `status` from newer terminals only.

    additional_status: Text beside it.
    last_online_time: Unix seconds; 0 while online.
    """

    ext_status: ExtStatus | None = None
    additional_status: str = ""
    last_online_time: int | None = None
    is_editable: bool | None = None


class AddressBookReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAbook`."""

    contacts: tuple[Contact, ...] = msgspec.field(name="abook", default=())


@command
class GetAddressBook(Command, frozen=True, kw_only=True):
    """Asks for the address book."""

    method: ClassVar[str] = "getAbook"
    reply: ClassVar[type[Reply]] = AddressBookReply


class PastCall(Wire, frozen=True, kw_only=True):
    """An entry of the call history; `start_time` in Unix seconds, `duration` in seconds."""

    type: CallDirection
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_type: ConferenceType = ConferenceType.POINT_TO_POINT
    conf_id: str = ""
    start_time: int = 0
    duration: int = 0
    viewed: bool = False


class CallHistoryReply(Reply, frozen=True, kw_only=True):
    """Reply to `getCallHistory`, newest first; `last_view` in Unix seconds."""

    calls: tuple[PastCall, ...] = ()
    last_view: int = 0


HISTORY = 20
"""Calls that we ask for: enough to find the last one to redial."""


@command
class GetCallHistory(Command, frozen=True, kw_only=True):
    """Asks for the last `count` calls."""

    method: ClassVar[str] = "getCallHistory"
    reply: ClassVar[type[Reply]] = CallHistoryReply

    count: int


class Schedule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a meeting takes place (names as on the wire).

    start_time: Unix seconds.
    time_offset: Minutes.
    duration: Seconds.
    days: Newer terminals only: seven numbers, one for each day of the week.
    """

    type: int = 0
    start_time: int = 0
    time_offset: int | None = None
    special_time_offset: int | None = None
    duration: int = 0
    days: tuple[int, ...] = ()


class Invitation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody invited to a scheduled conference (names as on the wire)."""

    id: str
    display_name: str = ""


class Meeting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A scheduled conference (names as on the wire).

    max_podiums: Speakers at most.
    state: `running` or `stopped`.
    rights: For `guest` and `user`: what they may do (`chat_send`, `slide_show_rcv`, …), by name.
    broadcast: As the server says it.
    mode: Newer terminals, in place of `type`: `PxP` all on screen, `OxP` video lecture, `S|L` role-based.
    access: Newer terminals only: `private` or `public`.
    """

    id: str
    topic: str = ""
    owner: str = ""
    type: MeetingType = MeetingType.SYMMETRIC
    state: str = ""
    url: str = ""
    schedule: Schedule = Schedule()
    description: str = ""
    max_podiums: int | None = None
    max_participants: int | None = None
    invitations: tuple[Invitation, ...] = ()
    allow_guests: bool | None = None
    auto_invite: AutoInvite | None = None
    webclient_url: str = ""
    created_at: int | None = None
    multicast_enable: bool | None = None
    multicast_address: str | None = None
    tags: tuple[str, ...] = ()
    recording: MeetingRecording | None = None
    stream_recording_state: int | None = None
    rights: dict[str, dict[str, bool]] = {}
    broadcast_enabled: bool | None = None
    broadcast_id: Any = None
    broadcast: Any = None
    allow_only_planned_participants: bool | None = None
    mode: str = ""
    access: str = ""
    schedule_type: str = ""
    session_id: str = ""


class ScheduleReply(Reply, frozen=True, kw_only=True):
    """Reply to `getScheduler`; `conferences` None where they come as the event conferenceList."""

    conferences: tuple[Meeting, ...] | None = None
    count: int | None = msgspec.field(name="cnt", default=None)


@command
class GetScheduler(Command, frozen=True, kw_only=True):
    """Asks for the scheduled conferences; they come as the event conferenceList, from some terminals in the reply."""

    method: ClassVar[str] = "getScheduler"
    reply: ClassVar[type[Reply]] = ScheduleReply


@event
class ConferenceList(Event, frozen=True, kw_only=True):
    """The scheduled conferences."""

    event: ClassVar[str] = "conferenceList"

    conferences: tuple[Meeting, ...] = ()
    count: int | None = msgspec.field(name="cnt", default=None)
    succeed: bool = True


@event
class AddressBookReceived(Event, frozen=True, kw_only=True):
    """The address book, after the terminal logged in."""

    event: ClassVar[str] = "abReceivedAfterLogin"

    contacts: tuple[Contact, ...] = msgspec.field(name="abook", default=())


@event
class StatusesChanged(Event, frozen=True, kw_only=True):
    """People came, went or became busy."""

    event: ClassVar[str] = "usersStatusesChanged"

    statuses: tuple[PersonStatus, ...] = msgspec.field(name="usersStatuses", default=())


@event
class ContactsAdded(Event, frozen=True, kw_only=True):
    """New in the address book."""

    event: ClassVar[str] = "contactsAdded"

    contacts: tuple[Contact, ...] = ()


@event
class ContactsRenamed(Event, frozen=True, kw_only=True):
    """Renamed in the address book (no status is sent)."""

    event: ClassVar[str] = "contactsRenamed"

    contacts: tuple[Contact, ...] = ()


@event
class ContactsDeleted(Event, frozen=True, kw_only=True):
    """Gone from the address book."""

    event: ClassVar[str] = "contactsDeleted"

    contacts: tuple[Contact, ...] = ()


@event
class CallsViewed(Event, frozen=True, kw_only=True):
    """The call history was looked at; `last_view` in Unix seconds."""

    event: ClassVar[str] = "lastCallsViewed"

    last_view: int = 0
