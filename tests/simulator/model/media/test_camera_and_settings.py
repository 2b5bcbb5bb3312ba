from typing import Any

import pytest
from trio.testing import MockClock

from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised
from tests.simulator.conftest import Start


async def arrived(simulator: Simulator) -> None:
    await simulator.until(lambda terminal: terminal.camera.due == float("inf"))


@pytest.mark.parametrize(
    ("device", "event"),
    [("Mic", "audioCapturerMute"), ("Audio", "audioRendererMute"), ("Video", "videoCapturerMute")],
)
async def test_mutes(client: Client, device: str, event: str) -> None:
    assert (await client.do(f"get{device}Mute"))["mute"] is False
    await client.do(f"set{device}Mute", mute=True)
    await client.do(f"set{device}Mute", mute=True)
    assert (await client.events(event))[0]["mute"] is True  # once: the second changed nothing
    await client.quiet()
    assert (await client.do(f"get{device}Mute"))["mute"] is True
    assert await client.refused(f"set{device}Mute", mute=1) == "wrong parameter: mute must be true or false"
    assert await client.refused(f"set{device}Mute") == "missing parameter: mute"


async def test_settings(client: Client) -> None:
    await client.do("setSettings", settings={"audioPlayLevel": 0.55, "language": "ru", "aecEnable": True})
    first, second = await client.events("settingsChanged", "settingsChanged")  # echo cancelling was on already
    assert (first["name"], first["value"], second["value"]) == ("audioPlayLevel", 0.55, "ru")
    settings = {s["name"]: s["value"] for s in (await client.do("getSettings"))["settings"]}
    assert (settings["audioPlayLevel"], settings["autoAccept"]) == (0.55, False)


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"audioPlayLevel": 1.01}, "wrong parameter: settings.audioPlayLevel must be a number from 0 to 1"),
        ({"audioPlayLevel": True}, "wrong parameter: settings.audioPlayLevel must be a number from 0 to 1"),
        ({"language": "de"}, "wrong parameter: settings.language must be one of ru, pl, en, es"),
        ({"autoAccept": 1}, "wrong parameter: settings.autoAccept must be true or false"),
        ({"record": 4}, "wrong parameter: settings.record must be an integer from 0 to 3"),
        ({"volume": 1}, "unknown setting: volume"),
        ([], "wrong parameter: settings must be an object"),
    ],
)
async def test_settings_that_are_refused_change_nothing(client: Client, settings: Any, error: str) -> None:
    if isinstance(settings, dict):
        settings = {"showTime": False, **settings}
    assert await client.refused("setSettings", settings=settings) == error
    await client.quiet()


async def test_the_users_own_settings_need_a_login(client: Client) -> None:
    await client.do("logout")
    names = {s["name"] for s in (await client.do("getSettings"))["settings"]}
    assert "audioPlayLevel" in names
    assert "autoAccept" not in names
    assert await client.refused("setSettings", settings={"autoAccept": True}) == "unknown setting: autoAccept"


async def test_camera_ranges(client: Client) -> None:
    controls = await client.do("getPtzControls")
    pan = {"support": True, "minValue": -170, "maxValue": 170, "currentValue": 0, "defValue": 0, "step": 0.5}
    assert controls["pan"] == {**pan, "isContinuousType": True, "inverted": False}
    assert (controls["tilt"]["minValue"], controls["tilt"]["maxValue"]) == (-30, 90)
    assert (controls["zoom"]["minValue"], controls["zoom"]["maxValue"], controls["zoom"]["currentValue"]) == (1, 12, 1)


async def test_the_camera_moves_until_it_is_stopped(client: Client, simulator: Simulator, clock: MockClock) -> None:
    await client.do("ptzLeft")
    await client.do("ptzUp")
    await client.event("ptzControlsChanged")
    began = clock.current_time()
    moved = await client.until("ptzControlsChanged", "pan", lambda position: position <= -40)
    assert 0.7 < clock.current_time() - began < 1.1  # 40 degrees a second
    assert moved["tilt"]["currentValue"] == pytest.approx(30, abs=4)
    await client.do("ptzStop")
    stopped = await client.event("ptzControlsChanged")
    assert simulator.terminal.due == float("inf")
    clock.jump(5)
    await client.quiet()
    assert (await client.do("getPtzControls"))["pan"] == stopped["pan"]


@pytest.mark.parametrize(
    ("command", "axis", "end"),
    [
        ("ptzRight", "pan", 170),
        ("ptzDown", "tilt", -30),
        ("ptzZoomInc", "zoom", 12),
    ],
)
async def test_the_camera_stops_at_its_ends(client: Client, command: str, axis: str, end: int) -> None:
    await client.do(command)
    await client.until("ptzControlsChanged", axis, lambda position: position == end)
    await client.quiet()
    await client.do("ptzStop")
    await client.quiet()


async def test_a_reversed_movement(client: Client) -> None:
    await client.do("ptzZoomInc")
    await client.event("ptzControlsChanged")
    await client.do("ptzZoomDec")
    await client.until("ptzControlsChanged", "zoom", lambda position: position == 1)


@pytest.mark.slow
async def test_places_and_home(client: Client, simulator: Simulator) -> None:
    for command, position in (("setPanPos", -170), ("setTiltPos", 12.5), ("setZoomPos", 12)):
        await client.do(command, pos=position)
    await arrived(simulator)
    controls = await client.do("getPtzControls")
    assert [controls[axis]["currentValue"] for axis in ("pan", "tilt", "zoom")] == [-170, 12.5, 12]
    await client.do("setPtzDefaults")
    await arrived(simulator)
    controls = await client.do("getPtzControls")
    assert [controls[axis]["currentValue"] for axis in ("pan", "tilt", "zoom")] == [0, 0, 1]


@pytest.mark.parametrize(("command", "position"), [("setPanPos", 170.5), ("setTiltPos", -31), ("setZoomPos", 0)])
async def test_places_out_of_range_are_refused(client: Client, command: str, position: float) -> None:
    assert (await client.refused(command, pos=position)).startswith("wrong parameter: pos must be from")
    assert await client.refused(command, pos="1") == "wrong parameter: pos must be a number"
    await client.quiet()


async def test_a_camera_that_cannot_be_controlled(start: Start) -> None:
    async with authorised(await start(ptz=False)) as client:
        assert (await client.do("getPtzControls"))["tilt"] == {"support": False}
        for command in ("ptzLeft", "ptzStop", "setPtzDefaults"):
            assert await client.refused(command) == "camera cannot be controlled"


NOTHING = {axis: {"support": False} for axis in ("pan", "tilt", "zoom")}


async def test_without_a_camera_there_is_nothing_to_control(client: Client) -> None:
    await client.do("ptzLeft")
    await client.event("ptzControlsChanged")
    await client.do("setVideoCapturer", name="none", description="none")
    while (changed := await client.event("ptzControlsChanged"))["pan"]["support"]:
        pass  # it was still on its way
    assert NOTHING.items() <= changed.items()
    assert NOTHING.items() <= (await client.do("getPtzControls")).items()
    assert (await client.do("getModes"))["supportPTZ"] is False
    for command in ("ptzLeft", "ptzStop", "setPtzDefaults", "addPresetFromCurrentVideoCapturer"):
        assert await client.refused(command) == "camera cannot be controlled"


async def test_another_camera_can_be_controlled_again(client: Client, simulator: Simulator) -> None:
    hardware = await client.do("getHardware")
    await client.do("setVideoCapturer", name="none", description="none")
    await client.do("setVideoCapturer", **hardware["videoCapturers"][0])
    await client.event("ptzControlsChanged", pan={"support": False})
    assert (await client.event("ptzControlsChanged"))["pan"]["support"] is True
    await client.do("ptzLeft")


async def test_the_level_of_a_microphone_that_is_not_there(client: Client) -> None:
    async def level() -> float:
        settings = (await client.do("getSettings"))["settings"]
        return float(next(s["value"] for s in settings if s["name"] == "audioCapturerLevel"))

    microphone = (await client.do("getHardware"))["audioCapturers"][0]
    assert await level() == 0.7
    assert "from 0 to 1" in await client.refused("setSettings", settings={"audioCapturerLevel": -1})
    await client.do("setAudioCapturer", name="none", description="none")
    await client.event("settingsChanged", value=-1)
    assert await level() == -1
    assert "no microphone" in await client.refused("setSettings", settings={"audioCapturerLevel": 0.5})
    await client.do("setAudioCapturer", **microphone)
    await client.event("settingsChanged", value=0.7)


async def test_a_terminal_without_microphones_has_no_level_from_the_start(start: Start) -> None:
    async with authorised(await start(microphones=())) as client:
        settings = (await client.do("getSettings"))["settings"]
        assert {"name": "audioCapturerLevel", "value": -1} in settings
