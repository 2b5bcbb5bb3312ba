"""Settings of the terminal: what it tells becomes values, and values become commands; no terminal, no I/O."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.api.settings import Wanted
from appliance.language.text import NOTHING, Text
from appliance.room.actions import SendCommand, Volume, words_of
from appliance.room.settings.reads import READS, readable
from appliance.room.settings.rows import (
    NO_MICROPHONE,
    NO_PICTURE,
    NOT_TOLD,
    ONLY_ADMINISTRATOR,
    ONLY_LOGGED_IN,
    Around,
    Row,
    rows,
)
from appliance.room.settings.setting import Kind, Part
from appliance.room.settings.table import BY_NAME, SETTINGS
from appliance.room.settings.told import Told, forgotten, heard, read, unread
from appliance.room.settings.values import key, of_wire, on_wire
from appliance.room.settings.wish import action, mistake
from appliance.terminal.messages.client_enums import HttpServerState
from appliance.terminal.messages.devices import Setting, SettingChanged, SettingsReply
from appliance.terminal.messages.hardware import HardwareReply, SetCamera, SoundDeviceReply
from appliance.terminal.messages.http_server import HttpServerChanged, HttpServerReply
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.newer.picture import BlurChanged, CameraBackgroundReply, EnabledReply
from appliance.terminal.messages.parts import Device

EYE, OTHER = Device(name="Eye", description="usb-1"), Device(name="Eye", description="usb-2")


def listed(**values: Any) -> Told:
    """What is known once `getSettings` has answered so."""
    reply = SettingsReply(result=True, settings=tuple(Setting(name=n, value=v) for n, v in values.items()))
    return read(Told(), Part.SETTINGS, reply)


def row(told: Told, name: str, **around: Any) -> Row | None:
    return next((each for each in rows(told, Around(**around)) if each.setting.name == name), None)


def why(told: Told, name: str, **around: Any) -> Text:
    found = row(told, name, **around)
    assert found is not None
    return found.why


def test_programs_can_want_what_there_is_and_nothing_else() -> None:
    assert [each.name for each in msgspec.structs.fields(Wanted)] == [each.name for each in SETTINGS]
    for field in msgspec.structs.fields(Wanted):
        words = [each.value for each in BY_NAME[field.name].words]
        for word in words:
            msgspec.convert({field.name: word}, Wanted)
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({field.name: None}, Wanted)
        if words:
            with pytest.raises(msgspec.ValidationError):
                msgspec.convert({field.name: "none"}, Wanted)


def test_each_setting_is_told_by_one_part() -> None:
    assert len({each.wire for each in SETTINGS if each.wire}) == len([each for each in SETTINGS if each.wire])
    assert all(bool(each.wire) is (each.part is Part.SETTINGS) for each in SETTINGS)
    assert {each.part for each in SETTINGS} == set(READS) == set(Part)


@pytest.mark.parametrize(
    ("name", "wire", "value"),
    [
        ("echo_cancellation", True, True),
        ("echo_cancellation", 0, False),
        ("echo_cancellation", "true", True),
        ("echo_cancellation", "perhaps", None),
        ("echo_cancellation", None, None),
        ("loudspeaker_level", 0.55, 55),
        ("loudspeaker_level", "0.5", 50),
        ("loudspeaker_level", 1.7, 100),
        ("loudspeaker_level", -1, None),
        ("loudspeaker_level", float("nan"), None),
        ("loudspeaker_level", True, None),
        ("camera_control", 2, "nobody"),
        ("camera_control", 9, None),
        ("camera_control", True, None),
        ("language", "pl", "pl"),
        ("language", "de", "de"),
        ("self_view_rotation", 270, 270),
        ("self_view_rotation", 45, None),
    ],
)
def test_a_value_of_the_terminal_is_ours_or_not_known(name: str, wire: object, value: object) -> None:
    found = of_wire(BY_NAME[name], wire)
    assert (found, type(found)) == (value, type(value))


@given(
    st.sampled_from(SETTINGS), st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())
)
def test_no_value_of_the_terminal_does_any_harm(setting: Any, wire: object) -> None:
    value = of_wire(setting, wire)
    assert value is None or isinstance(value, bool | int | str)
    if setting.kind is Kind.LEVEL and value is not None:
        assert 0 <= int(value) <= 100


@given(st.sampled_from([each for each in SETTINGS if each.wire]), st.data())
def test_what_is_set_is_what_is_told_then(setting: Any, data: st.DataObject) -> None:
    words = st.sampled_from([each.value for each in setting.words]) if setting.words else st.booleans()
    value = data.draw(st.integers(0, 100) if setting.kind is Kind.LEVEL else words)
    assert of_wire(setting, on_wire(setting, value)) == value


def test_an_event_changes_what_was_read_and_nothing_else() -> None:
    assert heard(Told(), SettingChanged(name="aecEnable", value=True)) == Told()
    told = heard(listed(aecEnable=False, language="en"), SettingChanged(name="AECenable", value=True))
    assert told.values == {"echo_cancellation": True, "language": "en"}
    assert heard(told, SettingChanged(name="newOne", value=3)) is told
    assert heard(told, SettingChanged(name="aecEnable", value=True)) is told


def test_what_the_terminal_does_not_have_is_left_out() -> None:
    told = listed(aecEnable=True)
    assert row(told, "gain_control") is None
    assert row(told, "background_blur") is None
    told = read(told, Part.BLUR, EnabledReply(result=True, enabled=False))
    assert (row(told, "background_blur") or Row(BY_NAME["camera"])).value is False
    assert row(unread(told, Part.BLUR, NOTHING), "background_blur") is None


def test_what_it_has_and_nobody_may_set_says_why() -> None:
    told = listed(audioCapturerLevel=-1, autoAccept=True)
    assert why(told, "microphone_level") == NO_MICROPHONE
    assert why(told, "auto_answer") == NOTHING
    assert why(told, "camera") == NOT_TOLD
    assert why(unread(told, Part.HARDWARE, Text("notice.no_answer")), "camera") == Text("notice.no_answer")
    assert why(told, "http_server", account="user") == ONLY_ADMINISTRATOR
    assert why(told, "http_server", account="admin") == NOT_TOLD
    told = read(told, Part.BACKGROUND, CameraBackgroundReply(result=True, enabled=False))
    assert why(told, "background_picture") == NO_PICTURE
    hidden = listed(aecEnable=True)
    assert why(hidden, "auto_answer", logged_in=False) == ONLY_LOGGED_IN
    assert row(hidden, "auto_answer", logged_in=True) is None


def test_settings_that_are_not_listed_any_more_are_gone() -> None:
    told = listed(autoAccept=True, aecEnable=True)
    told = read(told, Part.SETTINGS, SettingsReply(result=True, settings=(Setting(name="aecEnable", value=True),)))
    assert told.values == {"echo_cancellation": True}
    assert forgotten(told, Part.SETTINGS) == Told()


def test_devices_are_told_apart_by_what_the_system_calls_them() -> None:
    reply = HardwareReply(result=True, cameras=(EYE, OTHER), camera_name="Eye", camera_description="usb-2")
    found = row(read(Told(), Part.HARDWARE, reply), "camera")
    assert found is not None
    assert [(each.value, str(each.text)) for each in found.options] == [
        ("usb-1", "Eye (usb-1)"),
        ("usb-2", "Eye (usb-2)"),
        ("none", "None"),
    ]
    assert (found.value, str(found.worded(found.value))) == ("usb-2", "Eye (usb-2)")
    told = read(Told(), Part.HARDWARE, reply)
    assert action(found.setting, "usb-1", told) == SendCommand(SetCamera(name="Eye", description="usb-1"))
    assert action(found.setting, "none", told) == SendCommand(SetCamera(name="none", description="none"))


def test_devices_without_a_description_are_told_apart_by_their_names() -> None:
    bare = Device(name="A"), Device(name="B")
    assert [key(each.name, each.description, bare) for each in bare] == ["A", "B"]
    assert key("none", "none", bare) == "none"
    assert key("", "", bare) is None


def test_ringing_is_played_by_a_loudspeaker() -> None:
    told = read(Told(), Part.HARDWARE, HardwareReply(result=True, loudspeakers=(EYE,)))
    found = row(
        read(told, Part.SOUNDS, SoundDeviceReply(result=True, name="none", description="none")), "ringing_device"
    )
    assert found is not None
    assert (found.value, [each.value for each in found.options]) == ("none", ["usb-1", "none"])


def test_a_server_that_starts_is_neither_on_nor_off() -> None:
    told = read(Told(), Part.HTTP, HttpServerReply(result=True, state=HttpServerState.STOPPED))
    assert told.values["http_server"] is False
    told = heard(told, HttpServerChanged(state=HttpServerState.STARTING))
    assert told.values["http_server"] is None
    assert heard(told, HttpServerChanged(state=HttpServerState.RUNNING)).values["http_server"] is True


def test_an_event_that_says_nothing_leaves_the_value_unknown() -> None:
    told = read(Told(), Part.BLUR, EnabledReply(result=True, enabled=True))
    assert heard(told, BlurChanged()).values["background_blur"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("echo_cancellation", 1),
        ("loudspeaker_level", 101),
        ("loudspeaker_level", True),
        ("language", "de"),
        ("camera", "x"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_is_expected(name: str, value: Any) -> None:
    told = listed(aecEnable=True, audioPlayLevel=0.5, language="en")
    found = row(read(told, Part.HARDWARE, HardwareReply(result=True, cameras=(EYE,))), name)
    assert found is not None
    assert "expected" in str(mistake(found, value))


def test_the_volume_keeps_to_the_limits_of_the_room() -> None:
    found = row(listed(audioPlayLevel=0.5), "loudspeaker_level", least=20, most=80)
    assert found is not None
    assert not mistake(found, 20)
    assert "from 20 to 80" in str(mistake(found, 81))
    assert action(found.setting, 40, Told()) == Volume(40)


def test_a_setting_is_asked_for_by_its_name_on_the_wire() -> None:
    said = words_of(action(BY_NAME["camera_control"], "nobody", Told()))
    assert said == 'command setSettings {"settings":{"cameraRemoteControlAccess":2}}'
    assert words_of(action(BY_NAME["self_view_rotation"], 0, Told())) == (
        'command setOutputSelfVideoRotateAngle {"rotateAngle":0}'
    )


def test_a_terminal_is_asked_what_it_can_tell() -> None:
    older, newer = [*readable(Generation.UNKNOWN, "admin")], [*readable(Generation.NEWER, "user")]
    assert {*newer, *older} == set(Part)
    assert set(Part) - set(older) == {Part.BLUR, Part.BACKGROUND, Part.NOISE}
    assert set(Part) - set(newer) == {Part.HTTP}
