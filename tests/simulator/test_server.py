import json

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from trio.testing import MockClock
from trio_websocket import ConnectionClosed

from appliance.runtime.web.listen import ListenError
from appliance.simulator.model.commands import COMMANDS
from appliance.simulator.model.common.session import Account, Session
from appliance.simulator.model.dispatch import answer
from appliance.simulator.model.terminal import Terminal
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.wire.connection import BACKLOG
from tests.simulator.client import Client, authorised, connected
from tests.simulator.conftest import Start
from tests.simulator.http import request


async def test_config_json_names_the_other_ports(simulator: Simulator) -> None:
    status, config = await request(simulator.ports.web, "GET", "/public/default/config.json")
    assert status == 200
    assert config == {
        "config": {
            "websocket": {"hostname": None, "port": simulator.ports.ws},
            "http": {"hostname": None, "port": simulator.ports.http},
        }
    }


async def test_nothing_else_is_on_the_web(simulator: Simulator) -> None:
    assert (await request(simulator.ports.web, "GET", "/"))[0] == 404
    assert (await request(simulator.ports.http, "GET", "/avatars/a@b"))[0] == 404


async def test_a_taken_port(start: Start) -> None:
    simulator = await start()
    for port in ("web_port", "ws_port", "http_port", "control_port"):
        with pytest.RaisesGroup(ListenError, flatten_subgroups=True, allow_unwrapped=True):
            await start(**{port: simulator.ports.ws})


async def test_request_ids_are_echoed(client: Client) -> None:
    await client.send_raw('{"method":"getMicMute"}')
    assert (await client.next())["requestId"] == ""
    await client.send_raw('{"method":"getMicMute","requestId":17}')
    assert (await client.next())["requestId"] == "17"


async def test_a_terminal_that_does_not_echo(start: Start) -> None:
    async with connected(await start(echo_request_id=False)) as client:
        await client.send("auth", type="unsecured")
        assert "requestId" not in await client.reply()


async def test_many_requests_in_flight(client: Client) -> None:
    sent = [await client.send(method) for method in ("getAppState", "getSettings", "getAbook", "getConferences") * 25]
    assert [(await client.next())["requestId"] for _ in sent] == sent


async def test_names_are_compared_without_regard_to_case(client: Client) -> None:
    assert (await client.ask("GETMICMUTE"))["mute"] is False


@pytest.mark.parametrize("frame", ["", "{", "[]", "null", "17", '"call"', "{}", '{"method":7}', b"\xff", "[" * 9999])
async def test_frames_that_are_no_requests(client: Client, frame: str | bytes) -> None:
    await client.send_raw(frame)
    reply = await client.next()
    assert (reply["result"], reply["error"] in {"not a JSON object", "missing method"}) == (False, True)
    await client.do("getAppState")


async def test_unknown_methods(client: Client) -> None:
    assert await client.refused("makeCoffee") == "unknown method"


async def test_an_origin_is_no_reason_to_refuse(simulator: Simulator) -> None:
    async with connected(simulator, headers={"Origin": "http://192.0.2.1"}) as client:
        await client.do("auth", type="unsecured")


async def test_a_socket_that_just_disappears_frees_its_account(simulator: Simulator) -> None:
    async with connected(simulator) as client:
        await client.do("auth", type="unsecured")
        await client.websocket._stream.aclose()
        await simulator.until(lambda terminal: not terminal.accounts.holders)


async def test_something_that_is_no_websocket(simulator: Simulator) -> None:
    async with await trio.open_tcp_stream("127.0.0.1", simulator.ports.ws) as stream:
        await stream.send_all(b"\x16\x03\x01\x00\xff hello\r\n\r\n")
        while await stream.receive_some():
            pass
    async with authorised(simulator) as client:
        await client.do("getAppState")


async def test_dropped_connections(client: Client, simulator: Simulator) -> None:
    simulator.drop()
    with pytest.raises(ConnectionClosed):
        await client.next()
    async with authorised(simulator):
        pass


async def test_a_stall(client: Client, simulator: Simulator, clock: MockClock) -> None:
    simulator.stall(30)
    began = clock.current_time()
    await client.send("getMicMute")
    simulator.press_hook_off()
    assert (await client.next())["method"] in {"event", "getMicMute"}
    assert clock.current_time() - began >= 30
    await client.next()
    await client.do("getAppState")


async def test_garbage_between_good_frames(client: Client, simulator: Simulator) -> None:
    simulator.garbage()
    simulator.press_hook_off()
    bad = 0
    while True:
        frame = await client.websocket.get_message()
        try:
            message = json.loads(frame)
        except (ValueError, RecursionError):
            bad += 1
            continue
        if isinstance(message, dict) and message.get("event") == "hookOffPressed":
            break
    assert bad >= 2


async def test_a_huge_frame_ends_the_connection_of_a_careful_client(client: Client, simulator: Simulator) -> None:
    simulator.huge()
    with pytest.raises(ConnectionClosed):
        await client.next()


async def test_replies_that_do_not_come_and_come_twice(client: Client, simulator: Simulator) -> None:
    simulator.faults.mute_replies(5)
    await client.send("setMicMute", mute=True)
    await client.event("audioCapturerMute")  # done, but not answered
    simulator.faults.mute_replies(0)
    simulator.faults.double_replies(5)
    await client.do("getMicMute")
    assert (await client.next())["method"] == "getMicMute"


async def test_one_reply_is_lost_and_the_next_comes(client: Client, simulator: Simulator) -> None:
    simulator.faults.lose_reply("getMicMute")
    await client.send("getMicMute")
    await client.send("getAudioMute")
    assert (await client.next())["method"] == "getAudioMute"
    await client.do("getMicMute")


async def test_a_restart(start: Start, clock: MockClock) -> None:
    simulator = await start(pin="FA6")
    ports = simulator.ports
    async with connected(simulator) as client:
        token = (await client.do("auth", type="secured", credentials="FA6"))["token"]
        await client.do("setSettings", settings={"audioPlayLevel": 0.9})
        await client.do("setMicMute", mute=True)
        simulator.peer("100").call()
        began = clock.current_time()
        simulator.restart()
        await simulator.restarted()
        with pytest.raises(ConnectionClosed):
            await client.event("somethingNeverSaid")
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        await trio.open_tcp_stream("127.0.0.1", ports.ws)
    await simulator.until(lambda terminal: terminal.app_state == 1)
    assert clock.current_time() - began >= 0.5
    async with connected(simulator) as client:
        await client.refused("auth", type="secured", credentials=token)
        await client.do("auth", type="secured", credentials="FA6")
        await client.event("appStateChanged", appState=3)
        assert (await client.do("getMicMute"))["mute"] is False
        assert simulator.state()["volume"] == 0.9
    assert clock.current_time() < 10


async def test_speakerphone_keys(client: Client, simulator: Simulator) -> None:
    simulator.press_hook_off()
    simulator.press_hang_up()
    await client.events("hookOffPressed", "hangUpPressed")


@pytest.mark.parametrize("account", ["admin", "user"])
async def test_another_controller_takes_over(start: Start, account: str) -> None:
    simulator = await start()
    async with connected(simulator) as client:
        await client.do("auth", type="unsecured", role=account)
        simulator.take_over(account)
        assert (await client.event("authorizationNeeded"))["cause"] == 1
        simulator.press_hook_off()
        assert await client.refused("getAppState") == "authorization needed"


@given(
    method=st.sampled_from(sorted(COMMANDS)),
    parameters=st.dictionaries(
        st.sampled_from(["peerId", "mute", "settings", "pos", "symbol", "count", "role", "type", "userType", "title"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
            max_leaves=3,
        ),
    ),
)
def test_any_parameters_get_a_reply(method: str, parameters: dict[str, object]) -> None:
    terminal = Terminal(SimulatorOptions(), now=lambda: 0.0, wall_clock=lambda: 0.0)
    session = Session()
    session.account = Account.ADMINISTRATOR
    reply = answer(terminal, session, json.dumps({**parameters, "method": method}))
    assert isinstance(reply["result"], bool)


@given(st.binary(max_size=40) | st.text(max_size=40))
def test_any_frame_gets_a_reply(frame: str | bytes) -> None:
    terminal = Terminal(SimulatorOptions(), now=lambda: 0.0, wall_clock=lambda: 0.0)
    assert answer(terminal, Session(), frame)["result"] is False


def test_what_is_kept_of_commands_holds_no_credentials() -> None:
    terminal = Terminal(SimulatorOptions(pin="FA6"), now=lambda: 0.0, wall_clock=lambda: 0.0)
    answer(terminal, Session(), '{"method":"auth","type":"secured","credentials":"FA6"}')
    assert list(terminal.received) == [{"method": "auth", "type": "secured"}]


async def test_a_client_that_reads_nothing_loses_its_connection(client: Client, simulator: Simulator) -> None:
    simulator.stall(3600)
    for _ in range(BACKLOG + 2):
        simulator.send_raw("{}")
    await simulator.until(lambda terminal: not terminal.accounts.holders)
    with pytest.raises(ConnectionClosed):
        await client.next()


async def test_a_client_that_leaves_in_the_middle_of_a_frame_in_fragments_costs_nobody_else(
    start: Start, clock: MockClock
) -> None:
    simulator = await start()
    async with authorised(simulator) as staying:
        simulator.faults.fragment(60)
        for pause in range(40):
            async with connected(simulator) as leaving:
                await leaving.send("getAbook")  # refused, in fragments like all else
                for _ in range(pause):
                    await trio.lowlevel.checkpoint()
                await leaving.websocket.aclose()
        await staying.do("getMicMute")
