from typing import Any

import pytest
import trio

from appliance.simulator.options import DOMAIN
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import authorised, connected
from tests.simulator.conftest import Start
from tests.simulator.http import request

JOHN = f"john.smith@{DOMAIN}"
ANNA = f"anna.petrova@{DOMAIN}"


@pytest.fixture
async def simulator(start: Start) -> Simulator:
    return await start()


async def get(simulator: Simulator, path: str) -> Any:
    assert simulator.ports.control is not None
    with trio.fail_after(60):
        status, value = await request(simulator.ports.control, "GET", path)
    assert status == 200, value
    return value


async def post(simulator: Simulator, path: str, body: object = None) -> tuple[int, Any]:
    assert simulator.ports.control is not None
    return await request(simulator.ports.control, "POST", path, body)


async def test_the_whole_state(simulator: Simulator) -> None:
    state = await get(simulator, "/state")
    john = next(peer for peer in state["peers"] if peer["peerId"] == JOHN)
    assert (state["appState"], john["peerDn"], john["status"]) == (3, "John Smith", 1)
    assert john["actions"] == ["busy", "call", "host", "offline"]
    assert state["mutes"] == {"mic": False, "audio": False, "video": False}
    assert (state["volume"], state["tones"], state["conference"]) == (0.5, [], None)
    assert state["ptz"]["pan"]["maxValue"] == 170


async def test_following_the_state(simulator: Simulator) -> None:
    revision = (await get(simulator, "/state"))["revision"]
    async with trio.open_nursery() as nursery:

        async def follow() -> None:
            state = await get(simulator, f"/state?after={revision}")
            assert state["appState"] == 4

        nursery.start_soon(follow)
        await trio.testing.wait_all_tasks_blocked()
        simulator.peer(JOHN).call()


async def test_following_gives_up_after_a_while(simulator: Simulator) -> None:
    revision = (await get(simulator, "/state"))["revision"]
    began = trio.current_time()
    assert (await get(simulator, f"/state?after={revision}"))["revision"] == revision
    assert 20 <= trio.current_time() - began < 25


async def test_peers_call_and_answer(simulator: Simulator) -> None:
    async with authorised(simulator) as client:
        assert (await post(simulator, f"/peers/{JOHN}/call", {"confType": 0}))[0] == 200
        assert (await client.event("inviteReceived"))["peerId"] == JOHN
        assert (await post(simulator, f"/peers/{JOHN}/leave"))[0] == 200
        await client.event("appStateChanged", appState=3)
        await client.do("call", peerId=JOHN)
        assert (await post(simulator, f"/peers/{JOHN}/answer"))[0] == 200
        await client.event("conferenceCreated")
        await client.do("toneDial", symbol="7")
        state = await get(simulator, "/state")
        assert (state["tones"], state["conference"]["peerId"]) == (["7"], JOHN)
        assert [c["method"] for c in state["commands"]] == ["auth", "call", "toneDial"]
        await post(simulator, f"/peers/{JOHN}/offline")
        await client.event("appStateChanged", appState=3)
        await post(simulator, f"/peers/{JOHN}/online")
        await client.do("call", peerId=JOHN)
        assert (await post(simulator, f"/peers/{JOHN}/reject", {"cause": 8}))[0] == 200
        assert (await client.event("rejectReceived"))["cause"] == 8
        await client.do("call", peerId=JOHN)
        await post(simulator, f"/peers/{JOHN}/busy")
        assert (await client.event("rejectReceived"))["cause"] == 2


async def test_a_second_caller_is_no_conflict(simulator: Simulator) -> None:
    async with authorised(simulator) as client:
        await post(simulator, f"/peers/{JOHN}/call")
        await client.do("accept")
        assert (await post(simulator, f"/peers/{ANNA}/call"))[0] == 200
        state = await get(simulator, "/state")
        assert (state["appState"], list(state["requests"])) == (5, ["incomingP2PCall"])
        assert (await post(simulator, f"/peers/100@{DOMAIN}/call"))[0] == 409  # only one waits


async def test_a_group_conference(simulator: Simulator) -> None:
    async with authorised(simulator) as client:
        await post(simulator, f"/peers/{JOHN}/host", {"title": "Stand-up"})
        await post(simulator, f"/peers/{JOHN}/call", {"confType": 1})
        assert (await client.event("inviteReceived"))["confTitle"] == "Stand-up"
        await client.do("accept")
        assert (await post(simulator, "/conference/mute", {"device": "video", "mute": True}))[0] == 200
        await client.event("cameraStateChangedByConferenceOwner")
        await client.event("videoCapturerMute", mute=True)


async def test_keys_events_server_and_faults(simulator: Simulator) -> None:
    async with authorised(simulator) as client:
        await post(simulator, "/speakerphone", {"pressed": "hookOff"})
        await post(simulator, "/speakerphone", {"pressed": "hangUp"})
        await client.events("hookOffPressed", "hangUpPressed")
        await post(simulator, "/events", {"method": "event", "event": "somethingNew", "value": [1, "два"]})
        assert (await client.next())["value"] == [1, "два"]
        await post(simulator, "/server", {"connected": False})
        await client.events("appStateChanged 1")
        await post(simulator, "/server", {"connected": True})
        await client.event("appStateChanged", appState=3)
        await post(simulator, "/faults", {"takeover": "admin"})
        assert (await client.event("authorizationNeeded"))["cause"] == 1
        await client.do("auth", type="unsecured")
        await post(simulator, "/faults", {"evict": {"account": "admin", "cause": 8}})
        assert (await client.event("authorizationNeeded"))["cause"] == 8
    async with connected(simulator) as client:
        await post(simulator, "/faults", {"drop": True})
        await simulator.until(lambda _: not simulator._connections)
    assert (await post(simulator, "/faults", {"restart": True, "stall": 0, "garbage": True}))[0] == 200
    await simulator.until(lambda terminal: terminal.app_state == 3)


@pytest.mark.parametrize(
    ("path", "body", "status", "says"),
    [
        (f"/peers/{JOHN}/call", {"confType": 4}, 400, "confType"),
        (f"/peers/{JOHN}/call", {"conftype": 0}, 400, "conftype"),
        (f"/peers/{JOHN}/call", b"{", 400, "truncated"),
        (f"/peers/{JOHN}/reject", {"cause": "no"}, 400, "Expected"),
        (f"/peers/{JOHN}/answer", None, 409, "possible: busy, call"),
        (f"/peers/{JOHN}/dance", None, 404, "expected one of call, answer"),
        ("/peers/nobody/call", None, 404, "nobody"),
        ("/speakerphone", None, 400, "pressed"),
        ("/speakerphone", {"pressed": "mute"}, 400, "mute"),
        ("/faults", {}, 400, "expected at least one of stall"),
        ("/faults", {"stall": -1}, 400, "stall"),
        ("/faults", {"takeover": "root"}, 400, "root"),
        ("/faults", {"explode": True}, 400, "explode"),
        ("/events", [1], 400, "object"),
        ("/events", None, 400, "truncated"),
        ("/conference/mute", {"device": "mic", "mute": True}, 409, "group conference"),
        ("/server", {"connected": True}, 409, "has its server"),
    ],
)
async def test_bad_input(simulator: Simulator, path: str, body: object, status: int, says: str) -> None:
    got, answer = await post(simulator, path, body)
    assert (got, says in answer["error"]) == (status, True), answer


async def test_a_revision_that_is_none(simulator: Simulator) -> None:
    assert simulator.ports.control is not None
    assert (await request(simulator.ports.control, "GET", "/state?after=yesterday"))[0] == 400
