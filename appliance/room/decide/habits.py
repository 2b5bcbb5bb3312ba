"""What the configuration decides about actions."""

from typing import Annotated

import msgspec

from appliance.room.secret import NO_SECRET, Secret


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """What the configuration decides about actions."""

    contact: str = ""  # whom `call` calls when nothing else is meant; empty: nobody
    hang_up_for_all: bool = False  # whether hanging up ends a group conference that the room owns, for everybody
    volume_step: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.05  # of the whole range, 0.0 to 1.0
    volume_min: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0  # what nobody sets it below, and above
    volume_max: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    lock_pin: Secret = NO_SECRET  # what unlocks the room; without one nobody can lock it
    speed_dial: tuple[str, ...] = ()  # whom `speed_dial 1`, `2` and so on call
