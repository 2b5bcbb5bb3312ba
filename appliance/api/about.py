"""What programs are told of the box: which firmware it runs, and which machine it is."""

from typing import Final, Literal

import msgspec

ROOT: Final = "/api/v1"


class About(msgspec.Struct, frozen=True):
    """Which box this is, and what it speaks.

    firmware: The version of the firmware.
    room: The room's name.
    machine: Which machine it is, as `identity` over MQTT says it: the same at each start, and of no use
        elsewhere; null where the machine has no id.
    api: The version of this interface. What is added to it leaves this as it is.
    """

    firmware: str
    room: str
    machine: str | None
    api: Literal["v1"] = "v1"
