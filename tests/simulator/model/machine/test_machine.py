"""Licence, updates, power, HTTP settings, presets, sleep and tokens."""

import pytest
from trio.testing import MockClock
from trio_websocket import ConnectionClosed

from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.option_types import License, Tariff
from appliance.simulator.options import DOMAIN
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised, connected
from tests.simulator.conftest import Start
from tests.virtual_time import passes

JOHN = f"john.smith@{DOMAIN}"
KEY = "R00M-T3ST-K3Y0-0001"


async def test_without_a_licence_there_is_no_user(simulator: Simulator) -> None:
    async with authorised(simulator) as admin, connected(simulator) as user:
        await user.do("auth", type="unsecured", role="user")
        with simulator.changing() as terminal:
            terminal.tariff.change(License.NONE)
        assert (await user.event("authorizationNeeded"))["cause"] == 6
        assert await user.refused("auth", type="unsecured", role="user") == "wrong credentials"
        await admin.events("licenseStatusChanged", "tariffRestrictionsChanged")
        assert (await admin.do("getTariffRestrictions"))["symMaxNumber"] == 3
        assert (await admin.do("activateLicense", key="AAAA-BBBB"))["status"] == "invalid"
        assert (await admin.do("activateLicense", key=KEY))["status"] == "valid"
        await user.do("auth", type="unsecured", role="user")


async def test_a_licence_without_a_server(client: Client, simulator: Simulator) -> None:
    simulator.lose_server()
    await client.event("appStateChanged", appState=0)
    reply = await client.do("activateLicense", key=KEY)
    assert reply["status"] == "offline"
    await client.do("productRegistrationOffline", fileId=reply["registrationFile"])


@pytest.mark.parametrize(
    ("tariff", "method", "parameters", "says"),
    [
        (Tariff(p2p=False), "call", {"peerId": JOHN}, "p2p"),
        (Tariff(create_multi=False), "createConference", {"confType": "role"}, "createMulti"),
        (
            Tariff(sym_max_number=2),
            "createConference",
            {"confType": "symmetric", "inviteList": ["100", JOHN]},
            "too many participants",
        ),
        (Tariff(can_edit_groups=False), "createGroup", {"name": "A"}, "canEditGroups"),
        (Tariff(can_change_address_book=False), "removeFromAbook", {"peerId": JOHN}, "canChangeAddressBook"),
    ],
)
async def test_limits_that_limit(
    start: Start, tariff: Tariff, method: str, parameters: dict[str, object], says: str
) -> None:
    async with authorised(await start(tariff=tariff)) as client:
        assert says in await client.refused(method, **parameters)


async def test_an_update_restarts_the_terminal_with_the_new_version(start: Start) -> None:
    simulator = await start(update="7.4.0.1")
    async with authorised(simulator) as client:
        assert (await client.do("getUpdateInfo"))["newVersion"] == "7.4.0.1"
        await client.do("startUpdate")
        assert (await client.do("getUpdateInfo"))["running"] is True
        progress = [(await client.event("downloadProgress"))["bytesReceived"] for _ in range(5)]
        assert progress == sorted(progress)
        with pytest.raises(ConnectionClosed):
            await client.event("never")
    await simulator.until(lambda terminal: terminal.app_state == 3)
    async with authorised(simulator) as client:
        assert (await client.do("getSystemInfo"))["productInfo"] == {"major": 7, "minor": 4, "revision": 0, "build": 1}
        assert await client.refused("startUpdate") == "no update is available"


async def test_updates_that_come_to_nothing(client: Client, simulator: Simulator) -> None:
    with simulator.changing() as terminal:
        terminal.updates.offer("8.0.0.0", mandatory=True)
    await client.event("appUpdateAvailable", version="8.0.0.0", mustUpdate=True)
    await client.do("startUpdate")
    await client.event("downloadProgress")
    with simulator.changing() as terminal:
        terminal.updates.fail()
    await client.event("updateFailed")
    await client.do("startUpdate")
    await client.do("cancelUpdate")
    assert await client.refused("cancelUpdate") == "not running"
    with pytest.raises(Impossible), simulator.changing() as terminal:
        terminal.updates.fail()


@pytest.mark.parametrize(("command", "off"), [("shutdown", 5), ("shutdownSystem", 5), ("rebootSystem", 0.5)])
async def test_switching_off(start: Start, clock: MockClock, command: str, off: float) -> None:
    simulator = await start(pin="FA6")
    async with connected(simulator) as client:
        token = (await client.do("auth", type="secured", credentials="FA6"))["token"]
        await client.do(command)
        with pytest.raises(ConnectionClosed):
            await client.event("never")
        began = clock.current_time()
    await simulator.until(lambda terminal: terminal.app_state == 3)
    assert off <= clock.current_time() - began < off + 1
    async with connected(simulator) as client:
        await client.refused("auth", type="secured", credentials=token)


async def test_shutting_down_ends_the_call_first(client: Client, simulator: Simulator) -> None:
    await client.do("createConference", confType="symmetric")
    await client.do("shutdown", forAll=True)
    await client.event("appStateChanged", appState=6)


async def test_a_token_expires_under_its_session(start: Start) -> None:
    simulator = await start(pin="FA6", token_lifetime=50)
    async with connected(simulator) as client:
        token = (await client.do("auth", type="secured", credentials="FA6"))["token"]
        await client.do("auth", type="secured", credentials=token)
        assert (await client.event("authorizationNeeded"))["cause"] == 8
        await client.refused("auth", type="secured", credentials=token)


async def test_only_the_administrator_hears_of_the_http_server(simulator: Simulator) -> None:
    async with authorised(simulator) as admin, connected(simulator) as user:
        await user.do("auth", type="unsecured", role="user")
        assert await user.refused("getHttpServerState") == "administrator only"
        await admin.do("setHttpServerSettings", settings={"connectionsLimit": 5})
        await admin.event("httpServerSettingChanged", isPendingToBeApplied=True, pendingValue=5, value=10000)
        await admin.do("setHttpServerSettings", settings={"connectionsLimit": 10000})
        assert "pendingValue" not in await admin.event("httpServerSettingChanged")
        assert "colour" in await admin.refused("setHttpServerSettings", settings={"colour": 1})
        assert "65535" in await admin.refused("setHttpServerSettings", settings={"port": 0})
        await user.quiet()


async def test_presets_and_sleep(client: Client, simulator: Simulator) -> None:
    await client.do("setPanPos", pos=20)
    await simulator.until(lambda terminal: terminal.camera.due == float("inf"))
    preset = (await client.do("addPresetFromCurrentVideoCapturer", name="Door"))["presetId"]
    await client.event("videoCapturerPresetAdded", presetId=preset)
    await client.do("setPtzDefaults")
    await client.do("applyVideoCapturerPreset", presetId=preset)
    await client.event("videoCapturerPresetApplied", presetId=preset)
    await client.until("ptzControlsChanged", "pan", lambda value: value == 20)
    await client.do("updatePresetFromCurrentVideoCapturer", presetId=preset)
    assert len((await client.do("getAllVideoCapturerPresets"))["presets"]) == 1
    await client.do("removeVideoCapturerPreset", presetId=preset)
    assert await client.refused("applyVideoCapturerPreset", presetId=preset) == "unknown preset"
    await client.do("setSleepMode", enabled=True)
    simulator.peer(JOHN).call()
    await client.event("sleepModeChanged", enabled=True)
    await client.event("sleepModeChanged", enabled=False)


async def test_background_and_noise(client: Client) -> None:
    await client.do("setBlur", enabled=True)
    await client.event("blurChanged", enabled=True)
    assert (await client.do("getBlur"))["enabled"] is True
    await client.do("setNoiseSuppression", enabled=False)
    await client.event("noiseSuppressionChanged", enabled=False)
    assert (await client.do("getReplaceBackground"))["enabled"] is False
    await client.do("setReplaceBackground", fileId="7", enabled=True)
    await client.event("replaceBackgroundChanged", fileId="7", enabled=True)
    assert (await client.do("getReplaceBackground"))["fileId"] == "7"


async def test_older_terminals_do_not_know_them(start: Start) -> None:
    async with authorised(await start(newer_commands=False)) as client:
        assert await client.refused("setSleepMode", enabled=True) == "unknown method"


async def test_levels_of_the_microphone_end_with_a_call(client: Client) -> None:
    await client.do("testAudioCapturerStart")
    assert (await client.do("getAppState"))["audioCaptureTest"] is True
    assert 0 < (await client.event("testAudioCapturerLevel"))["lvl"] < 1
    await client.do("setMicMute", mute=True)
    await client.event("testAudioCapturerLevel", lvl=0.0)
    await client.do("createConference", confType="symmetric")
    await client.event("testAudioCapturerStateChanged", started=False)
    assert "appState 5" in await client.refused("testAudioCapturerStart")


async def test_the_echo_test(client: Client) -> None:
    await client.do("startAudioDelayDetectorTest")
    await client.event("audioDelayDetectorTestStateChanged", state=2)
    await client.event("audioDelayDetectorTestStateChanged", state=1, delay=40)
    await client.do("setAudioCapturer", name="none", description="none")
    await client.do("startAudioDelayDetectorTest")
    await client.event("audioDelayDetectorTestStateChanged", state=3)


async def test_devices_come_and_go(client: Client, simulator: Simulator) -> None:
    with simulator.changing() as terminal:
        camera = terminal.equipment.chosen["videoCapturer"]
        terminal.equipment.unplug("videoCapturer", camera)
    changed = await client.event("hardwareChanged")
    assert changed["currentVideoCapturerName"] == "Document camera"
    assert (
        await client.refused("setVideoCapturer", name=camera.name, description=camera.description) == "unknown device"
    )
    with simulator.changing() as terminal:
        terminal.equipment.plug("videoCapturer", camera)
    assert len((await client.event("hardwareChanged"))["videoCapturers"]) == 2


async def test_blocked_people_do_not_get_through(client: Client, simulator: Simulator) -> None:
    await client.do("block", peerId=JOHN)
    with pytest.raises(Impossible):
        simulator.peer(JOHN).call()
    with pytest.raises(Impossible):
        simulator.peer(JOHN).say("hello")
    await client.do("unblock", peerId=JOHN)
    simulator.peer(JOHN).say("hello")
    await client.event("incomingChatMessage", message="hello")


async def test_files_on_their_way(client: Client, simulator: Simulator) -> None:
    simulator.peer(JOHN).send_file("plan.pdf", 2_000_000)
    number = (await client.event("receivedFileRequest", fileName="plan.pdf"))["id"]
    await client.do("acceptFile", id=number)
    await client.event("fileStatus", status=2, directionType=1)
    await client.event("fileStatus", status=3)
    (file,) = (await client.do("getFileTransferInfo"))["files"]
    assert (file["size"], file["type"], file["peerId"]) == (2_000_000, 1, JOHN)
    simulator.peer(JOHN).offline()
    await client.do("sendFile", fileId=file["id"], peerId=JOHN)
    await client.event("fileStatus", status=1, directionType=2)
    await client.do("sendFile", fileId=file["id"], peerId="100")
    await client.event("fileStatus", status=2)
    await client.do("logout")
    await client.event("fileStatus", status=4)
    assert "appState 2" in await client.refused("sendFile", fileId=file["id"], peerId="100")
    await client.do("clearFileTransfer")
    assert (await client.do("getFileList"))["fileList"] == []


@pytest.mark.parametrize(("how", "result"), [("def", "new"), ("beg", "newold"), ("ate", "oldnew")])
async def test_containers(client: Client, how: str, result: str) -> None:
    await client.do("saveData", containerName="a", data="old")
    await client.do("saveData", containerName="a", data="new", flags=how)
    assert (await client.do("loadData", containerName="a"))["data"] == result
    await client.do("deleteData", containerName="a")
    assert await client.refused("loadData", containerName="a") == "unknown container"


async def test_the_pin_of_the_user_changes_after_a_call(start: Start) -> None:
    simulator = await start(pin="FA6", user_pin="ABC")
    async with connected(simulator) as admin, connected(simulator) as user:
        await admin.do("auth", type="secured", credentials="FA6")
        await admin.do("setSettings", settings={"changeUserAuthPinAfterConf": True})
        await user.do("auth", type="secured", credentials="ABC")
        await admin.do("createConference", confType="symmetric")
        await admin.do("hangUp")
        assert (await user.event("authorizationNeeded"))["cause"] == 7
        pin = (await admin.do("getAuthInfo"))["userAuth"]["pin"]
        assert pin != "ABC"
        assert len(pin) == 3
        await passes(1)
