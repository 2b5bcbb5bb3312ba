"""What the configuration says about one display that is switched by its serial line."""

from typing import Annotated, Literal

import msgspec

from drivers.outputs.screens.makes import Make


class ScreenConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A display of a make, on a serial line. `number`: its own, as its menu says."""

    kind: Make
    line: Annotated[str, msgspec.Meta(min_length=1)]
    number: Annotated[int, msgspec.Meta(ge=1, le=26)] = 1
    baud: Literal[2400, 4800, 9600, 19200, 38400, 57600, 115200] = 9600
