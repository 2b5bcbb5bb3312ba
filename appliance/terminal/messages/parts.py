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
    """

    name: str = ""
    description: str = ""
