"""Rooms to begin a test with."""

from typing import Any

import msgspec

from appliance.room.parts.call import Conversation
from appliance.room.parts.camera import Camera
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.people.book import Book
from appliance.room.prompts import followed
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.devices import Axis
from appliance.terminal.messages.enums import ConferenceType

ANNA = "anna@example.org"
BORIS = "boris@example.org"
ROOM = "room@example.org"

P2P = Conversation(peer=Person(ANNA, "Anna"), type=ConferenceType.POINT_TO_POINT, conf_id="1", since=1.0)
OWN_GROUP = Conversation(type=ConferenceType.SYMMETRIC, conf_id="2", owner=ROOM, since=1.0)
THEIR_GROUP = Conversation(type=ConferenceType.SYMMETRIC, conf_id="3", owner=ANNA, since=1.0)

PAN = Axis(support=True, min_value=-170, max_value=170, step=1)
TILT = Axis(support=True, min_value=-30, max_value=90, step=1)
ZOOM = Axis(support=True, min_value=1, max_value=12, step=0.5)
CAMERA = Camera(PAN, TILT, ZOOM)


def room(phase: Phase = Phase.IDLE, **fields: Any) -> RoomState:
    """A room with a link, in this phase."""
    if "contacts" in fields:
        fields["contacts"] = Book(fields["contacts"])
    return RoomState(link=Link(LinkPhase.UP), phase=phase, me=Person(ROOM, "Room"), **fields)


def looked_at(state: RoomState, now: float = 0.0) -> RoomState:
    """The room as somebody has it before their eyes at this time, since long before."""
    unseen = msgspec.structs.replace(state, prompt=None, camera_prompt=None)
    return followed(unseen, now - 60.0)


def after(state: RoomState, *events: object, now: float = 100.0) -> RoomState:
    """The room after these events, all at the same time."""
    for event in events:
        state = reduce(state, event, now)
    return state
