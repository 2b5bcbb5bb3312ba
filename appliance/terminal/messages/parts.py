"""Parts that messages of several subjects have in common."""

import msgspec

from appliance.terminal.messages.base import Wire


class Person(Wire, frozen=True, kw_only=True):
    """Somebody by id and name."""

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")


class Device(Wire, frozen=True, kw_only=True):
    """A microphone, loudspeaker or camera as the terminal's system names it.

    description: The system's own id of the device.
    type: Newer terminals only; the numbers are not known.
    connected: Whether a camera is plugged in (Room 5.0 and newer).
    """

    name: str = ""
    description: str = ""
    type: int | None = None
    connected: bool | None = None
