"""What the configuration says about a serial line."""

from typing import Annotated, Literal

import msgspec


class SerialConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The line that a VISCA controller is on: 8 data bits, no parity, one stop bit, no flow control.

    `port`: best a path below /dev/serial/by-id, which stays the same. `address`: ours until the controller assigns one.
    """

    port: Annotated[str, msgspec.Meta(min_length=1)]
    baud: Literal[2400, 4800, 9600, 19200, 38400, 57600, 115200] = 9600
    address: Annotated[int, msgspec.Meta(ge=1, le=7)] = 1
