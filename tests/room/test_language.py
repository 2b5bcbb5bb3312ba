"""The room knows the language of its terminal, as its settings tell it."""

import pytest

from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import RoomState
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.devices import Setting, SettingChanged, SettingsReply
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.snapshot import Snapshot
from tests.room.rooms import after


def connected(*settings: Setting) -> RoomState:
    told = SettingsReply(result=True, settings=(Setting(name="record", value=2), *settings))
    return after(RoomState(), Snapshot(app_state=AppStateReply(app_state=AppState.READY), settings=told))


@pytest.mark.parametrize("name", ["language", "Language"])
def test_the_snapshot_tells_it(name: str) -> None:
    assert connected(Setting(name=name, value="ru")).language == "ru"


@pytest.mark.parametrize("settings", [(), (Setting(name="language", value=5),), (Setting(name="language"),)])
def test_what_is_no_language_is_not_known(settings: tuple[Setting, ...]) -> None:
    assert connected(*settings).language == ""


def test_it_follows_a_change_and_ignores_nonsense() -> None:
    state = after(connected(Setting(name="language", value="ru")), SettingChanged(name="Language", value="pl"))
    assert state.language == "pl"
    assert after(state, SettingChanged(name="language", value=None)) == state


def test_it_is_not_known_without_a_link() -> None:
    state = after(connected(Setting(name="language", value="ru")), LinkChanged(Link(LinkPhase.DOWN)))
    assert state.language == ""
