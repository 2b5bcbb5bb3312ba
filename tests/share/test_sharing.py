"""Several programs at one session: each gets its own replies, and all of them the events."""

import json
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import trio
import trio_websocket
from structlog.testing import capture_logs
from trio.testing import wait_all_tasks_blocked

from appliance.share import grants, own, requests
from appliance.share.channel import AUTHORISING, CLOSING, serve
from appliance.share.local import Here
from appliance.share.program import MOST_FRAMES, SHORT, Program
from appliance.share.upstream import PLACES
from appliance.simulator.model.common import errors
from appliance.simulator.model.common.session import Account
from appliance.terminal.messages.enums import EvictionCause
from appliance.terminal.reports import LinkEvicted
from tests.share.both_ways import closed, nobody_without_a_link
from tests.share.conftest import Box, StartBox


def evictions(box: Box) -> list[LinkEvicted]:
    return [report for report in box.reports if isinstance(report, LinkEvicted)]


async def test_each_gets_its_own_replies_and_all_the_events(box: Box) -> None:
    async with box.program() as one, box.program() as other:
        first, second = await one.send("getAppState"), await other.send("getMicMute")
        assert (await other.reply())["requestId"] == second
        assert (await one.reply())["requestId"] == first
        await one.do("setMicMute", mute=True)
        assert (await other.event("audioCapturerMute"))["mute"] is True
        assert (await one.event("audioCapturerMute"))["mute"] is True
    assert evictions(box) == []


async def test_the_same_id_of_two_programs(box: Box) -> None:
    async with box.program() as one, box.program() as other:
        await one.send_raw('{"requestId":"r7","method":"getAppState"}')
        await other.send_raw('{"requestId":"r7","method":"getMicMute"}')
        assert (await one.reply())["method"] == "getAppState"
        assert (await other.reply())["method"] == "getMicMute"


@pytest.mark.parametrize(("sent", "said"), [("", ""), ('"requestId":17,', "17"), ('"requestId":"a\\"b",', 'a"b')])
async def test_request_ids_come_back_as_they_were_sent(box: Box, sent: str, said: str) -> None:
    async with box.program() as client:
        await client.send_raw(f'{{{sent}"method":"getAppState"}}')
        assert (await client.reply())["requestId"] == said


async def test_many_requests_in_flight_are_all_answered(box: Box) -> None:
    count = 5 * PLACES
    async with box.program() as client:
        sent = [await client.send("getAppState") for _ in range(count)]
        assert [(await client.reply())["requestId"] for _ in range(count)] == sent


async def test_replies_and_events_keep_their_order(box: Box) -> None:
    async with box.program() as client:
        for mute in (True, False, True):
            await client.send("setMicMute", mute=mute)
        frames = [await client.next() for _ in range(6)]
    kinds = ["event" if "event" in frame else "reply" for frame in frames]
    async with box.program() as direct:
        assert kinds.count("event") == 3
        assert (await direct.ask("getMicMute"))["mute"] is True
    assert [frame["mute"] for frame in frames if "event" in frame] == [True, False, True]


@pytest.mark.parametrize("frame", ["", "null", "[1,2]", "{", '{"method":7}', '{"a":1}', "[" * 5000, '{"method":"x",}'])
async def test_what_is_no_request_is_refused_as_the_terminal_does(box: Box, frame: str) -> None:
    async with box.program() as client:
        await client.send_raw(frame)
        reply = await client.reply()
        assert reply["result"] is False
        assert reply["error"] in (errors.BAD_JSON, errors.NO_METHOD)
        await client.do("getAppState")


@pytest.mark.parametrize("end", ["\r\n", "\n", " "])
async def test_a_line_that_is_ended_as_on_a_serial_port_is_understood(box: Box, end: str) -> None:
    async with box.program() as client:
        await client.send_raw('{"method":"getAppState"}' + end)
        assert (await client.reply())["result"] is True


async def test_bytes_are_read_as_text(box: Box) -> None:
    async with box.program() as client:
        await client.send_raw(b'{"method":"getAppState"}')
        assert (await client.reply())["result"] is True
        await client.send_raw(b'{"method":"getAppState","x":"\xff"}')
        assert (await client.reply())["error"] == errors.BAD_JSON


async def test_nothing_before_authorisation(box: Box) -> None:
    async with box.program() as other, box.stranger() as client:
        assert await client.refused("getAppState") == errors.NOT_AUTHORISED
        assert await client.refused("clearTokens") == errors.NOT_AUTHORISED
        box.simulator.press_hook_off()
        await other.event("hookOffPressed")
        await client.do("auth", type="unsecured")
        await client.quiet()


async def test_who_does_not_authorise_is_disconnected(box: Box) -> None:
    async with box.stranger() as client:
        began = trio.current_time()
        with pytest.raises(trio_websocket.ConnectionClosed):
            await client.websocket.get_message()
        assert trio.current_time() - began == pytest.approx(AUTHORISING, abs=1.0)


async def test_a_token_lets_in_again_until_it_is_cleared(box: Box) -> None:
    async with box.stranger() as client:
        token = (await client.do("auth", type="unsecured"))["token"]
        assert (await client.do("auth", type="secured", credentials=token))["previleges"] == 2
        await client.do("clearTokens")
    assert box.simulator.terminal.received[-1]["method"] != "clearTokens"


async def test_a_step_down_to_the_user(box: Box) -> None:
    async with box.program() as client:
        assert (await client.do("auth", role="user"))["previleges"] == 1
        assert await client.refused("rebootSystem") == errors.ADMINISTRATOR_ONLY
        await client.do("getAppState")
    assert box.simulator.terminal.accounts.holders.keys() == {Account.ADMINISTRATOR}


@pytest.mark.parametrize("method", ["setAuthParams", "SETAUTHPARAMS"])
async def test_nobody_changes_the_terminals_protection(box: Box, method: str) -> None:
    async with box.program() as client:
        assert "protection" in await client.refused(method, userType="admin", authType="pin")


async def test_nobody_learns_the_terminals_pin(start_box: StartBox) -> None:
    box = await start_box(pin="FA6")
    async with box.program() as client:
        assert "FA6" not in json.dumps(await client.do("getAuthInfo"))


async def test_a_reply_that_never_comes_is_said(box: Box) -> None:
    async with box.program() as client:
        box.simulator.faults.lose_reply("getMicMute")
        reply = await client.ask("getMicMute")
        assert reply["result"] is False
        assert "getMicMute" in reply["error"]
        await client.do("getMicMute")


async def test_programs_are_disconnected_with_the_link(box: Box) -> None:
    async with box.program() as client:
        box.simulator.drop()
        reason = await closed(client)
    assert reason is not None
    assert (reason.code, reason.reason) == (1001, "no link to the terminal")


async def test_without_a_link_nobody_is_let_in(box: Box) -> None:
    await nobody_without_a_link(box, box.program)


async def test_an_eviction_is_seen_by_everybody(box: Box) -> None:
    async with box.program() as client:
        box.simulator.evict(Account.ADMINISTRATOR, EvictionCause.TAKEN_OVER)
        assert (await client.event("authorizationNeeded"))["cause"] == 1
        await closed(client)
    await box.up_again()
    async with box.program() as client:
        await client.do("getAppState")


async def test_wrong_frames_end_nothing_and_long_ones_end_their_own_connection(box: Box) -> None:
    async with box.program() as client, box.program() as other:
        with suppress(trio_websocket.ConnectionClosed):  # before all of it has been sent
            await client.send_raw(json.dumps({"method": "getAppState", "x": "a" * 2**21}))
        reason = await closed(client)
        assert reason is not None
        assert reason.code == 1009
        await other.do("getAppState")


async def test_what_programs_do_is_attributed_and_what_they_ask_is_not(box: Box) -> None:
    with capture_logs() as logs:
        async with box.program() as client:
            await client.do("getAppState")
            await client.do("setMicMute", mute=True)
    done = [entry for entry in logs if entry["event"] == "program_command"]
    assert [entry["method"] for entry in done] == ["setMicMute"]
    assert done[0]["program"].startswith("process ")
    assert [deed.method for deed in box.service.sharing.deeds.last] == ["setMicMute"]


async def test_a_socket_that_a_process_left_behind_is_replaced(box: Box, tmp_path: Path) -> None:
    left = tmp_path / "left.sock"
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(left))
    async with trio.open_nursery() as nursery:
        await nursery.start(box.service.run, left)
        assert left.is_socket()
        nursery.cancel_scope.cancel()
    assert not left.exists()


async def test_a_socket_in_use_and_a_file_are_left_alone(box: Box, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    for taken in (file, box.socket):
        with pytest.raises(ExceptionGroup) as refused:
            await box.service.run(taken)
        assert refused.group_contains(OSError, depth=1)
    assert file.read_text() == "precious"
    async with box.program() as client:
        await client.do("getAppState")


GREETING = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


async def test_who_does_not_take_what_is_left_is_disconnected_all_the_same(box: Box) -> None:
    theirs, ours = (trio.SocketStream(trio.socket.from_stdlib_socket(end)) for end in socket.socketpair())
    program = Program(Here("somebody"), "here")
    async with theirs:
        await theirs.send_all(GREETING)
        with trio.fail_after(60):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(serve, ours, program, box.service.sharing)
                await theirs.receive_some()
                await wait_all_tasks_blocked()
                assert program in box.service.sharing.programs
                for _ in range(8):
                    program.put(b'"%s"' % (b"x" * 2**20))
                began = trio.current_time()
                box.service.sharing.link_down()
        assert trio.current_time() - began < 3 * CLOSING


class Open:
    """A way that takes everything."""

    free = True

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, frame: bytes) -> None:
        self.sent.append(frame)


async def test_short_frames_go_at_once_and_long_ones_are_left_to_the_task_that_writes() -> None:
    program, outlet = Program(Here("somebody"), "here"), Open()
    program.outlet = outlet
    program.put(b"{}")
    assert outlet.sent == [b"{}"]
    long = b"x" * (SHORT + 1)
    program.put(long)
    program.put(b"[]")
    assert outlet.sent == [b"{}"]
    assert await program.busy()
    program.go_on()
    assert outlet.sent == [b"{}", long, b"[]"]
    program.end("over")
    assert not await program.busy()


def test_a_reader_that_does_not_read_is_dropped() -> None:
    program = Program(Here("somebody"), "here")
    for _ in range(MOST_FRAMES):
        program.put(b"{}")
    assert program.ends is None
    program.put(b"{}")
    assert program.ends == "it does not read what it is sent"
    assert program.cut.is_set()


def test_the_words_are_the_terminals() -> None:
    said: list[Any] = [requests.BAD_JSON, requests.NO_METHOD, own.WRONG, own.NOT_AUTHORISED]
    assert [*said, grants.ADMINISTRATOR, grants.NOT_KNOWN] == [
        errors.BAD_JSON,
        errors.NO_METHOD,
        errors.WRONG_CREDENTIALS,
        errors.NOT_AUTHORISED,
        errors.ADMINISTRATOR_ONLY,
        errors.UNKNOWN_METHOD,
    ]
