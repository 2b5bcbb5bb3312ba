"""Events that programs are sent and that no frame of the terminal is there for."""

from typing import Any, Final

import msgspec

from appliance.terminal.messages.base import Event

_encode = msgspec.json.Encoder().encode

LINK_LOST: Final = "offhookLinkLost"
LINK_RESTORED: Final = "offhookLinkRestored"
"""Our own, told to programs that stay: the terminal has no words for it, since who hears it is connected to it. What
does not know them passes over them, as over every event that a newer terminal may add."""


def own_event(name: str, **fields: str) -> bytes:
    """Returns an event of our own, in the terminal's form."""
    return _encode({"method": "event", "event": name, **fields})


def frame_of(event: Event) -> bytes:
    """Returns an event of the terminal, as it would send it; numbers and flags are there even where they are 0."""
    return _encode({"method": "event", "event": event.event, **_plain(event)})


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever an event holds
    if isinstance(value, msgspec.Struct):
        members = {field.encode_name: getattr(value, field.name) for field in msgspec.structs.fields(value)}
        return {name: _plain(member) for name, member in members.items() if member is not None and member != ""}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
