"""Whether the room is to be left alone, as pages are shown it: do not disturb with its end, and the night."""

import msgspec

from appliance.room.state import RoomState


class Quiet(msgspec.Struct, frozen=True):
    """`until`: when do not disturb ends, on the box's monotonic clock (ms); None: when somebody ends it."""

    undisturbed: bool = False
    until: int | None = None
    night: bool = False


def quiet_of(state: RoomState) -> Quiet:
    """Returns what there is to say of a room."""
    undisturbed = state.undisturbed
    until = None if undisturbed is None or undisturbed.until is None else round(undisturbed.until * 1000)
    return Quiet(undisturbed is not None, until, state.night)
