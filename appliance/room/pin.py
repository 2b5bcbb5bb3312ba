"""The user's PIN, which a terminal may change after each call (its setting `changeUserAuthPinAfterConf`)."""

from appliance.room.change import changed, noticed
from appliance.room.state import RoomState
from appliance.room.texts import PIN_WILL_CHANGE


def will_change(state: RoomState) -> bool:
    """Returns whether the PIN with which the appliance has authorised is no longer valid after the next call."""
    return state.user_pin and state.pin_renewed


def known(state: RoomState, now: float, **fields: bool) -> RoomState:
    """Returns the room with what is known of it now; the display says when that means that it will change."""
    after = changed(state, **fields)
    return noticed(after, PIN_WILL_CHANGE, now) if will_change(after) and not will_change(state) else after
