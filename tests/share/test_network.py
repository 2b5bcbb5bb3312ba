"""Programs on the network: real sockets of loopback, plain and over TLS."""

import json
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import trio
import trio_websocket
from structlog.testing import capture_logs

from appliance.config.share import ShareClient, ShareConfig
from appliance.panel.certificate import CertificateError
from appliance.runtime.supervisor import Condition, Health, Service, Supervisor
from appliance.runtime.web.connection import HEAD, HEADER_TIME
from appliance.runtime.web.listen import ListenError
from appliance.runtime.web.places import PER_ADDRESS
from appliance.services.programs.network_sharing import NetworkSharingService
from appliance.share import channel
from appliance.share.channel import AUTHORISING
from appliance.share.network.clients import LIMIT
from appliance.share.program import Program
from appliance.share.sharing import Sharing
from appliance.simulator.model.common import errors
from appliance.simulator.option_types import Generation
from appliance.terminal import connect
from appliance.terminal.discovery import DOCUMENT
from appliance.terminal.errors import Unauthorised
from tests.panel.conftest import made_pair
from tests.runtime.web.client import SERVER_NAME
from tests.share.both_ways import closed, nobody_without_a_link, reading_changes_nothing
from tests.share.conftest import Box, StartBox
from tests.share.network import HOST, SECRETS, OnNetwork, on_network
from tests.simulator.client import Client
from tests.simulator.http import fetch


async def silent_end(stream: trio.abc.ReceiveStream) -> bytes:
    """What comes until the connection ends."""
    said = b""
    with suppress(trio.BrokenResourceError):
        while part := await stream.receive_some():
            said += part
    return said


@pytest.mark.parametrize(("role", "privileges"), [("admin", 2), ("user", 1), ("read", 1)])
async def test_each_comes_in_by_its_own_secret(network: OnNetwork, role: str, privileges: int) -> None:
    with capture_logs() as logs:
        async with network.stranger() as client:
            reply = await client.do("auth", type="secured", credentials=SECRETS[role])
            assert reply["previleges"] == privileges
            await client.do("getAppState")
    assert SECRETS[role] not in repr(logs)


async def test_nobody_comes_in_without_a_secret(box: Box, network: OnNetwork) -> None:
    async with box.program() as other, network.stranger() as client:
        assert await client.refused("auth", type="unsecured") == errors.WRONG_CREDENTIALS
        assert await client.refused("auth", type="secured", credentials="FA6") == errors.WRONG_CREDENTIALS
        assert await client.refused("getAppState") == errors.NOT_AUTHORISED
        assert (await client.do("getAuthInfo"))["adminAuth"] == {"security": "password"}
        box.simulator.press_hook_off()
        await other.event("hookOffPressed")
        assert await client.refused("hangUp") == errors.NOT_AUTHORISED


async def test_programs_of_both_ways_hear_the_same(box: Box, network: OnNetwork) -> None:
    async with box.program() as here, network.program() as there, network.program("read") as reader:
        await there.do("setMicMute", mute=True)
        for client in (here, there, reader):
            assert (await client.event("audioCapturerMute"))["mute"] is True
    assert [(deed.who, deed.method) for deed in box.service.sharing.deeds.last] == [("crestron", "setMicMute")]


async def test_who_is_to_stay_does_so_over_a_lost_link(box: Box, network: OnNetwork) -> None:
    async with network.program("user") as staying, network.program("read") as other:
        box.simulator.drop()
        await staying.event("offhookLinkLost")
        await staying.event("offhookLinkRestored")
        await staying.do("getAppState")
        reason = await closed(other)
        assert reason is not None
        assert reason.code == 1001


async def test_who_may_only_read_changes_nothing(box: Box, network: OnNetwork) -> None:
    async with network.program("read") as client:
        await reading_changes_nothing(box, client.ask)


async def test_the_document_names_the_port_that_was_asked(network: OnNetwork) -> None:
    answer = await fetch(network.port, "GET", DOCUMENT)
    place = {"hostname": None, "port": network.port}
    assert json.loads(answer.content) == {"config": {"websocket": place, "http": place}}


async def test_our_own_client_needs_address_port_and_secret(box: Box, network: OnNetwork) -> None:
    async with connect(HOST, web_port=network.port, password=SECRETS["admin"]) as client:
        assert (await client.calls.state()).app_state.name == "READY"
        with client.events() as events:
            box.simulator.press_hook_off()
            with trio.fail_after(60):
                assert type(await events.__anext__()).__name__ == "HookOffPressed"
        token = client.token
    async with connect(HOST, web_port=network.port, token=token, role="admin"):
        pass
    with pytest.raises(Unauthorised):
        async with connect(HOST, web_port=network.port, pin="471101"):
            pass
    assert box.link.session is not None


@pytest.mark.parametrize("generation", [Generation.OLD, Generation.NEW])
async def test_the_port_of_pictures_is_ours(start_box: StartBox, nursery: trio.Nursery, generation: Generation) -> None:
    box = await start_box(generation=generation)
    network = await on_network(box, nursery)
    async with network.program() as client, box.program() as here:
        ours = (await client.do("getAppState"))["embeddedHttpPort"]
        theirs = (await here.do("getAppState"))["embeddedHttpPort"]
        assert (ours, theirs) == (type(theirs)(network.port), type(theirs)(box.simulator.ports.http))
        await here.do("call", peerId="user1@some.server")
        event = await client.event("appStateChanged")
        assert str(event.get("embeddedHttpPort", network.port)) == str(network.port)


async def test_other_addresses_are_not_heard(box: Box, nursery: trio.Nursery) -> None:
    network = await on_network(box, nursery, allow=("192.0.2.0/24", "2001:db8::/32"))
    with capture_logs() as logs:
        async with await trio.open_tcp_stream(HOST, network.port) as stream:
            assert await silent_end(stream) == b""
    assert [entry["where"] for entry in logs if entry["event"] == "program_not_allowed"] == [HOST]


async def test_over_tls(box: Box, nursery: trio.Nursery, tmp_path: Path) -> None:
    pair = made_pair(tmp_path / "machine")
    files = {"certificate": str(pair.certificate), "key": str(pair.key)}
    network = await on_network(box, nursery, listen_tls=f"{HOST}:0", **files)
    trusting = ssl.create_default_context(cafile=str(pair.certificate))
    async with network.program(tls=trusting, name=SERVER_NAME) as secured, network.program() as plain:
        await plain.do("setMicMute", mute=True)
        assert (await secured.event("audioCapturerMute"))["mute"] is True
        state = await secured.do("getAppState")
        assert int(state["embeddedHttpPort"]) == network.ports["listen_tls"]
    async with await trio.open_tcp_stream(HOST, network.ports["listen_tls"]) as stream:
        await stream.send_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert not (await silent_end(stream)).startswith(b"HTTP")


async def test_a_wrong_certificate_and_a_busy_port_are_said(box: Box, nursery: trio.Nursery, tmp_path: Path) -> None:
    files = {"certificate": str(tmp_path / "none"), "key": str(tmp_path / "none")}
    with pytest.raises(CertificateError, match="no such file"):
        await on_network(box, nursery, listen_tls=f"{HOST}:0", **files)
    with socket.create_server((HOST, 0)) as taken:
        listen = f"{HOST}:{taken.getsockname()[1]}"
        with pytest.RaisesGroup(pytest.RaisesExc(ListenError, match="something else listens"), flatten_subgroups=True):
            async with trio.open_nursery() as inner:
                await on_network(box, inner, listen=listen)
    async with box.program() as client:
        await client.do("getAppState")


async def test_only_this_part_is_offline_then_and_it_comes_back(
    box: Box, nursery: trio.Nursery, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    config = ShareConfig(
        listen=f"{HOST}:0", allow=(HOST,), clients={"board": ShareClient(role="user", password_file=str(secret))}
    )
    network = OnNetwork()
    service = NetworkSharingService(config, box.service, HOST, network.ports.__setitem__)
    ready = trio.Event()

    def report(_name: str, health: Health) -> None:
        if health.condition is Condition.READY:
            ready.set()

    supervisor = Supervisor([Service("network sharing", service.run)], report=report)
    await nursery.start(supervisor.run)
    assert supervisor.health["network sharing"].condition is Condition.OFFLINE
    async with box.program() as client:
        await client.do("getAppState")
    secret.write_text(SECRETS["admin"])
    with trio.fail_after(60):
        await ready.wait()
    async with network.program() as client:
        await client.do("getAppState")


async def test_strangers_who_come_and_go_do_not_fill_the_log(network: OnNetwork) -> None:
    with capture_logs() as logs:
        for _ in range(20):
            async with network.stranger():
                pass
    assert len([entry for entry in logs if entry["event"] == "program_gone"]) in range(1, 6)


async def test_programs_are_told_that_the_box_ends(network: OnNetwork) -> None:
    async with network.program() as client:
        network.scope.cancel()
        reason = await closed(client)
    assert reason is not None
    assert (reason.code, reason.reason) == (channel.GOING_AWAY, "the box ends, or starts again")


async def test_who_guesses_is_disconnected_and_locked_out(network: OnNetwork) -> None:
    for _ in range(LIMIT.free // 5):
        async with network.stranger() as client:
            for _ in range(5):
                assert await client.refused("auth", type="secured", credentials="guess") == errors.WRONG_CREDENTIALS
            reason = await closed(client)
            assert reason is not None
            assert reason.code == channel.GOING_AWAY
    with pytest.raises(trio_websocket.ConnectionRejected) as refused:
        async with network.program():
            pass
    assert refused.value.status_code == 429
    await trio.sleep(LIMIT.longest)
    async with network.program() as client:
        await client.do("getAppState")


async def test_who_does_not_authorise_is_disconnected(network: OnNetwork) -> None:
    async with network.stranger() as client:
        began = trio.current_time()
        await closed(client)
        assert trio.current_time() - began == pytest.approx(AUTHORISING, abs=3.0)


async def test_a_head_that_does_not_come_or_does_not_end(network: OnNetwork) -> None:
    for beginning in (b"", b"GET / HTTP/1.1\r\nHost: a\r\n"):
        async with await trio.open_tcp_stream(HOST, network.port) as stream:
            await stream.send_all(beginning)
            began = trio.current_time()
            assert await silent_end(stream) == b""
            assert trio.current_time() - began <= HEADER_TIME + 3.0


async def test_a_head_that_is_too_long(network: OnNetwork) -> None:
    async with await trio.open_tcp_stream(HOST, network.port) as stream:
        with suppress(trio.BrokenResourceError):
            await stream.send_all(b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * (2 * HEAD))
        assert (await silent_end(stream))[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 400")


async def test_long_frames_and_frames_that_are_none_cost_only_their_own_connection(network: OnNetwork) -> None:
    async with network.program() as other:
        async with network.program() as client:
            with suppress(trio_websocket.ConnectionClosed):
                await client.send_raw("x" * 2**24)
            reason = await closed(client)
            assert reason is not None
            assert reason.code == 1009
        async with network.program() as client:
            with suppress(trio.BrokenResourceError):
                await client.websocket._stream.send_all(b"\xff" * 2**16)
            await closed(client)
        await other.do("getAppState")


async def test_one_address_has_its_part_of_the_places(network: OnNetwork) -> None:
    async with network.program() as first:
        streams = [await trio.open_tcp_stream(HOST, network.port) for _ in range(3 * PER_ADDRESS)]
        await first.do("getAppState")
        for stream in streams:
            await trio.aclose_forcefully(stream)
        async with network.program() as client:
            await client.do("getAppState")


async def test_a_flood_of_commands_costs_the_others_nothing(network: OnNetwork) -> None:
    async with network.program("read") as flood, network.program() as other, trio.open_nursery() as nursery:
        nursery.start_soon(_flood, flood)
        for _ in range(10):
            await other.do("getAppState")
        nursery.cancel_scope.cancel()


async def _flood(client: Client) -> None:
    while True:
        await client.send("getSystemInfo")


async def test_the_kernel_looks_after_connections_that_are_half_open(
    network: OnNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = []

    async def serve(stream: Any, program: Program, sharing: Sharing) -> None:
        accepted = stream._stream.socket
        options.append(accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
        options.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT))
        await channel_serve(stream, program, sharing)

    channel_serve = channel.serve
    monkeypatch.setattr(channel, "serve", serve)
    async with network.program():
        assert options == [1, 20_000]


async def test_without_a_link_nobody_is_let_in(box: Box, network: OnNetwork) -> None:
    await nobody_without_a_link(box, network.program)


async def test_a_token_is_good_only_where_it_was_given(box: Box, network: OnNetwork) -> None:
    async with box.stranger() as here:
        token = (await here.do("auth", type="unsecured"))["token"]
        assert (await here.do("auth", type="secured", credentials=token))["result"]
    async with network.stranger() as there:
        assert not (await there.ask(method="auth", type="secured", credentials=token))["result"]


async def test_an_event_is_worded_once_for_each_port(
    box: Box, network: OnNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded: list[int | None] = []

    def noted(frame: bytes, port: int | None) -> bytes:
        worded.append(port)
        return frame

    async with network.program() as one, network.program("read") as other, box.program() as local:
        monkeypatch.setattr("appliance.share.sharing.with_port", noted)
        box.simulator.press_hook_off()
        for client in (one, other, local):
            await client.event("hookOffPressed")
    assert sorted(worded, key=str) == sorted((network.port, None), key=str)
