"""A box on the user's PIN is told before the terminal changes it: that locks it out after its first call."""

import pytest

from appliance.panel.status import health_json, rows
from appliance.room.local_events.link import Authorised, LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.pin import will_change
from appliance.room.state import RoomState
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.devices import Setting, SettingChanged, SettingsReply
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.snapshot import Snapshot
from tests.room.rooms import after
from tests.some import some

NAME = "changeUserAuthPinAfterConf"
WARNING = "The terminal changes our PIN after the next call. Use a password, or the administrator's PIN"


def connected(value: object, *, user_pin: bool = True) -> RoomState:
    settings = SettingsReply(result=True, settings=(Setting(name=NAME, value=value),))
    snapshot = Snapshot(app_state=AppStateReply(app_state=AppState.READY), settings=settings)
    return after(RoomState(), snapshot, Authorised(user_pin=user_pin))


@pytest.mark.parametrize(
    ("value", "user_pin", "warned"),
    [
        (True, True, True),
        ("true", True, True),
        (1, True, True),
        (False, True, False),
        (None, True, False),
        (True, False, False),
    ],
)
def test_it_is_said_at_connect(value: object, user_pin: bool, warned: bool) -> None:
    state = connected(value, user_pin=user_pin)
    assert will_change(state) is warned
    assert (state.notice is not None) is warned
    assert health_json(state, {})["warnings"] == ([WARNING] if warned else [])
    assert (WARNING in dict(rows(state, 0.0))["Link"]) is warned


def test_it_is_said_when_somebody_switches_it_on_later() -> None:
    state = after(connected(False), SettingChanged(name=NAME.lower(), value=True))
    assert str(some(state.notice).text) == WARNING
    assert not will_change(after(state, SettingChanged(name=NAME, value=False)))


def test_without_a_link_nothing_is_known_of_it() -> None:
    assert not will_change(after(connected(True), LinkChanged(Link(LinkPhase.DOWN))))
