"""Each command is given to a simulated terminal, and the events come that its table and the client's promise."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import trio
import trio_websocket

from appliance.simulator.model.commands import COMMANDS
from appliance.simulator.option_types import Generation
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import ASIDE, Client, authorised
from tests.simulator.conftest import Start
from tests.simulator.legal import (
    FILES,
    LEGAL,
    ONE,
    OPTIONS,
    PEOPLE,
    PIN,
    THREE,
    State,
    asking,
    called,
    far,
    own,
    ready,
    talking,
    then,
)
from tests.simulator.test_agrees_with_client import MISSPELT
from tests.simulator.test_black_box import REQUESTS

LONG_ENOUGH = 10.0  # seconds of a mocked clock: less than anybody rings, more than anything else takes
BESIDE = ASIDE | {"usersStatusesChanged"}  # may come at any time, and says nothing of a command
THE_ONE = "the only preset, or file"
NEWER = {"generation": Generation.NEW}

Act = Callable[[Simulator], None]


@dataclass(frozen=True)
class Scene:
    """A state, what is asked of the terminal in it, and what somebody else does about that."""

    state: State
    request: dict[str, Any] = field(default_factory=dict)
    then: Act | None = None
    options: dict[str, Any] = field(default_factory=dict)


def somebody(peer_id: str, verb: str, **arguments: object) -> Act:
    """Somebody does something."""
    return lambda simulator: getattr(simulator.peer(peer_id), verb)(**arguments)


def _fail(simulator: Simulator) -> None:
    with simulator.changing() as terminal:
        terminal.updates.fail()


async def preset(client: Client, simulator: Simulator) -> None:
    """A camera preset, and the camera somewhere else."""
    await client.do("addPresetFromCurrentVideoCapturer", name="Door")
    await client.do("setPanPos", pos=10)
    await trio.sleep(LONG_ENOUGH)


GUEST = PEOPLE[6]  # nobody has invited them
LOST = far(lambda simulator: simulator.lose_server())
CALLING = asking("call", peerId=ONE)
OFFERED = far(somebody(ONE, "send_file", name="plan.pdf", size=5))
HOSTING = far(somebody(ONE, "host"))
CONFERENCE = {"title": "Review", "confType": "symmetric"}

# where one scene does not show all the events, or the printed request shows none of them
SCENES: dict[str, tuple[Scene, ...]] = {
    "call": (
        Scene(ready, {"peerId": ONE}, somebody(ONE, "answer")),
        Scene(ready, {"peerId": ONE}, somebody(ONE, "reject")),
        Scene(HOSTING, {"peerId": ONE}),
    ),
    "accept": (
        Scene(called),
        Scene(then(talking, far(somebody(THREE, "call")))),
    ),
    "shutdown": (Scene(own), Scene(called)),
    "hangUp": (Scene(own), Scene(CALLING)),
    "createConference": (
        Scene(ready, {**CONFERENCE, "inviteList": [ONE]}, somebody(ONE, "answer")),
        Scene(ready, {**CONFERENCE, "inviteList": [ONE]}, somebody(ONE, "reject")),
    ),
    "inviteToConference": tuple(Scene(own, {"peerId": GUEST}, somebody(GUEST, verb)) for verb in ("answer", "reject")),
    "requestParticipantCameraControl": tuple(
        Scene(own, {"callId": ONE}, somebody(ONE, "give_camera", allow=allow)) for allow in (True, False)
    ),
    "connectToServer": (
        Scene(ready, {"server": "some.server"}),
        Scene(LOST, {"server": "some.server"}),
    ),
    "connectToService": (Scene(ready), Scene(LOST)),
    "startUpdate": (Scene(ready), Scene(ready, then=_fail)),
    "activateLicense": (Scene(ready, {"key": "ABCD-1234"}, options={"license": 0, "license_keys": ("ABCD-1234",)}),),
    "addSlide": (Scene(own, {"fileId": FILES[0]}),),
    "removeSlide": (Scene(then(own, asking("addSlide", fileId=FILES[0])), {"idx": 0}),),
    "addPresetFromCurrentVideoCapturer": (Scene(ready, {"name": "Door"}),),
    "applyVideoCapturerPreset": (Scene(preset, {"presetId": THE_ONE}),),
    "updatePresetFromCurrentVideoCapturer": (Scene(preset, {"presetId": THE_ONE}),),
    "removeVideoCapturerPreset": (Scene(preset, {"presetId": THE_ONE}),),
    "setComPort": (Scene(ready, {"port": "COM1"}),),
    "setExtStatus": (Scene(ready, {"extStatus": 5}),),
    "changeVideoMatrixType": (Scene(talking, {"matrixType": 2}),),
    "hideVideoSlot": (Scene(talking, {"callId": ONE}),),
    "showVideoSlot": (Scene(talking, {"callId": ONE}),),
    "acceptIncomingFileRequest": (Scene(OFFERED, {"fileRequestId": THE_ONE}, options=NEWER),),
    "rejectIncomingFileRequest": (Scene(OFFERED, {"fileRequestId": THE_ONE}, options=NEWER),),
    "clearFileTransferHistory": (Scene(ready, {"deleteFilesFromDisk": True}, options=NEWER),),
    "sendFileToConference": (Scene(own, {"fileId": FILES[0]}, options=NEWER),),
    "setSleepMode": (Scene(ready, {"enabled": True}),),
    "setBlur": (Scene(ready, {"enabled": True}),),
    "setNoiseSuppression": (Scene(ready, {"enabled": False}),),
    "setReplaceBackground": (Scene(ready, {"fileId": FILES[0], "enabled": True}),),
    "setVideoCapturer": (Scene(ready, {"name": "none", "description": "none"}),),
}


def scenes(method: str) -> tuple[Scene, ...]:
    """The scenes of a command; by default its first printed request in a state where that is legal."""
    if method in SCENES:
        return SCENES[method]
    legal = LEGAL[method]
    return (Scene(legal.state, {**REQUESTS[method][0], **legal.change}, options=legal.options),)


async def events_of(start: Start, method: str, scene: Scene) -> set[str]:
    """The names of the events that come after the command."""
    simulator = await start(**{**OPTIONS, **scene.options})
    credentials = PIN if "pin" in scene.options else {"type": "unsecured"}
    found: set[str] = set()
    async with authorised(simulator, **credentials) as client:
        await scene.state(client, simulator)
        request = {**scene.request, "method": method}
        if request.get("presetId") == THE_ONE:
            request["presetId"] = (await client.do("getAllVideoCapturerPresets"))["presets"][0]["presetId"]
        if request.get("fileRequestId") == THE_ONE:
            (offer,) = (await client.do("getIncomingFilesRequests"))["incomingFilesRequests"]
            request["fileRequestId"] = offer["fileRequestId"]
        await client.do("getLastCallsViewTime")  # everything before it has come
        client.kept.clear()
        await client.do(**request)
        if scene.then:
            scene.then(simulator)
        with trio.move_on_after(LONG_ENOUGH), suppress(trio_websocket.ConnectionClosed):  # an update restarts it
            while True:
                event = client.kept.pop(0) if client.kept else await client.next()
                found.add(event["event"])
    return found


TOLD_ANOTHER = {"setAuthParams"}  # the event is for whoever loses their account, as the tests of the accounts show
QUESTIONS = {method for method, rule in COMMANDS.items() if method.startswith("get") and not rule.events}
SHOWN = sorted((set(LEGAL) | set(SCENES)) - {"auth"} - QUESTIONS - TOLD_ANOTHER)


def test_every_command_that_events_follow_is_shown() -> None:
    assert {method for method, rule in COMMANDS.items() if rule.events} - {MISSPELT} - TOLD_ANOTHER <= set(SHOWN)


@pytest.mark.slow
@pytest.mark.parametrize("method", SHOWN)
async def test_the_promised_events_come_and_no_others(start: Start, method: str) -> None:
    found: set[str] = set()
    for scene in scenes(method):
        found |= await events_of(start, method, scene)
    promised = set(COMMANDS[method].events)
    assert promised - found == set()
    assert found - promised - BESIDE == set()
