"""The room in each state that buttons know, with somebody or something in it for every action to be about."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.requests import Request, Wish
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import CallDirection, ConferenceType
from appliance.terminal.messages.people import PastCall

_HISTORY = (
    PastCall(type=CallDirection.OUTGOING, peer_id="last-called"),
    PastCall(type=CallDirection.MISSED, peer_id="last-caller"),
)
_ROOM = RoomState(
    link=Link(LinkPhase.UP),
    phase=Phase.IDLE,
    mic_muted=False,
    audio_muted=False,
    video_muted=False,
    volume=0.5,
    history=_HISTORY,
)
_NEXT = Booking(title="Review", start=datetime(2026, 1, 5, 9, tzinfo=UTC), peer_id="next-meeting")
_CALL = Conversation(peer=Person("caller"), conf_id="call", since=0.0)
_CONFERENCE = Conversation(type=ConferenceType.ROLE_BASED, conf_id="call", owner="owner", since=0.0)
_IN_A_CALL = msgspec.structs.replace(_ROOM, phase=Phase.IN_CALL, conversation=_CALL)
_GUEST = Person("guest")

STATES: Mapping[str, RoomState] = {
    "idle": _ROOM,
    "meeting soon": msgspec.structs.replace(_ROOM, agenda=Agenda(known=True, next=_NEXT, soon=True)),
    "somebody calls": msgspec.structs.replace(_ROOM, phase=Phase.RINGING, conversation=_CALL),
    "calling": msgspec.structs.replace(_ROOM, phase=Phase.CALLING, conversation=_CALL),
    "waiting room": msgspec.structs.replace(_IN_A_CALL, phase=Phase.WAITING_ROOM, conversation=_CONFERENCE),
    "in a call": _IN_A_CALL,
    "in a conference": msgspec.structs.replace(_IN_A_CALL, conversation=_CONFERENCE),
    "another calls": msgspec.structs.replace(_IN_A_CALL, call_waiting=Conversation(peer=_GUEST, conf_id="another")),
    "somebody asks to join": msgspec.structs.replace(_IN_A_CALL, requests=(Request(Wish.JOIN, _GUEST),)),
    "no link": RoomState(link=Link(LinkPhase.DOWN)),
}
"""By what people call them, in the order in which a table has them."""

LIKE: Mapping[str, str] = {"meeting soon": "idle", "waiting room": "in a call", "in a conference": "in a call"}
"""States that a table leaves out where nothing is different from another one."""
