"""The body of a message, in the shape that Standard Webhooks recommends: `type`, `timestamp`, `data`, and our own."""

from typing import Final

import msgspec

from appliance.hooks.waiting import Entry

CONTENT_TYPE: Final = "application/json"


class Sender(msgspec.Struct, frozen=True):
    """Who tells: the room's name, and the id of the machine (machine-id(5), hashed)."""

    room: str
    machine: str


class Data(msgspec.Struct, frozen=True):
    """What is said of the event itself; both may be empty."""

    detail: str
    by: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A body. `timestamp`: when it happened (ISO 8601, UTC), None where the box did not know the time of day then.

    `sequence`: the number of the event for this hook since the service started, from 1. `lost`: how many were left out
    since the receiver took a message last.
    """

    version: int = 1
    type: str
    timestamp: str | None
    id: str
    sequence: int
    lost: int
    room: str
    machine: str
    data: Data


def body(entry: Entry, lost: int, sender: Sender) -> bytes:
    """Returns the body for an event; the bytes that are signed are the bytes that are sent."""
    event = entry.event
    message = Message(
        type=event.name,
        timestamp=event.at,
        id=event.id,
        sequence=entry.number,
        lost=lost,
        room=sender.room,
        machine=sender.machine,
        data=Data(event.detail, event.by),
    )
    return msgspec.json.encode(message)
