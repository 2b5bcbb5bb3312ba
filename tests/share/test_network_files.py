"""Pictures, files and uploads through the box: with its tokens and never with the terminal's."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import trio

from appliance.share.network import passing
from appliance.share.network.passing import OF_ONE
from appliance.share.sharing import HTTP_LIFETIME
from appliance.simulator.option_types import Generation
from appliance.terminal import connect
from appliance.terminal.pictures import Pictures
from tests.share.conftest import Box, StartBox, started_box
from tests.share.network import HOST, SECRETS, OnNetwork, on_network
from tests.simulator.client import Client
from tests.simulator.http import fetch, upload

JPEG = b"\xff\xd8"
MISSING = 77
VENDOR = f"""
import sys, time, urllib.request
try:
    import trueconf_room
except ImportError:
    sys.exit({MISSING})
room = trueconf_room.open_session(ip="{HOST}", port=int(sys.argv[1]), pin=sys.argv[2])
until = time.monotonic() + 30
while not (room.isReady() and room.systemInfo):
    assert time.monotonic() < until
    time.sleep(0.05)
picture = urllib.request.urlopen(room.getSelfViewURL(), timeout=30).read()
assert picture[:2] == b"\\xff\\xd8", picture[:20]
room.methods.setMicMute(True)
time.sleep(1)
print("done")
"""


async def token(client: Client) -> str:
    return str((await client.do("getTokenForHttpServer"))["token"])


async def theirs(box: Box) -> str:
    """A token of the terminal's own, which programs on this machine get."""
    async with box.program() as client:
        return await token(client)


async def test_a_frame_and_an_avatar(network: OnNetwork, box: Box) -> None:
    async with network.program() as client:
        ours = quote(await token(client))
        for path in (f"/frames/?peerId=%23self%3A0&token={ours}", f"/frames/VideoCaptureSlot?token={ours}"):
            answer = await fetch(network.port, "GET", path)
            assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
            assert answer.content[:2] == JPEG
        peer = (await client.do("getAbook"))["abook"][0]["peerId"]
        answer = await fetch(network.port, "GET", f"/avatars/{quote(peer)}?token={ours}")
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")


async def test_the_token_of_the_authorisation_and_its_end(network: OnNetwork) -> None:
    async with network.stranger() as client:
        reply = await client.do("auth", type="secured", credentials=SECRETS["user"])
        path = f"/frames/VideoCaptureSlot?token={quote(reply['tokenForHttpServer'])}"
        assert (await fetch(network.port, "GET", path)).status == 200
        await trio.sleep(HTTP_LIFETIME)
        assert (await fetch(network.port, "GET", path)).status == 403
        path = f"/frames/VideoCaptureSlot?token={quote(await token(client))}"
        assert (await fetch(network.port, "GET", path)).status == 200


async def test_a_file_up_and_down(network: OnNetwork, box: Box) -> None:
    data = os.urandom(3 * 2**20)
    async with network.program() as client:
        ours = quote(await token(client))
        up = await upload(network.port, f"/files/?token={ours}", "план.bin", data)
        assert up.status == 200, up
        down = await fetch(network.port, "GET", f"/files/{up.headers['fileid']}?token={ours}")
        assert down.content == data
        assert int(down.headers["content-length"]) == len(data)
        assert "filename" in down.headers["content-disposition"]
    assert [(deed.who, deed.method) for deed in box.service.sharing.deeds.last] == [("crestron", "POST /files/")]


async def test_what_the_terminal_refuses_is_refused(network: OnNetwork) -> None:
    async with network.program() as client:
        ours = quote(await token(client))
        assert (await fetch(network.port, "GET", f"/files/4711?token={ours}")).status == 404
        assert (await upload(network.port, f"/files/?token={ours}", "a", b"a", field="other")).status == 400
        assert (await fetch(network.port, "POST", f"/files/?token={ours}", b"no form")).status == 415


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/frames", 404),
        ("GET", "/files/../{token}", 404),
        ("GET", "/files/..?token={token}", 404),
        ("GET", "/files/%2e%2e?token={token}", 404),
        ("GET", "/files/%2e%2e%2fx?token={token}", 404),
        ("GET", "/files/..%252fx?token={token}", 404),
        ("GET", "/public/default/other.json", 404),
        ("GET", "/frames/VideoCaptureSlot", 401),
        ("GET", "/frames/VideoCaptureSlot?token=", 401),
        ("GET", "/frames/VideoCaptureSlot?token=nonsense", 403),
        ("POST", "/frames/?token={token}", 405),
        ("DELETE", "/files/1?token={token}", 405),
        ("POST", "/public/default/config.json", 404),
        ("OPTIONS", "/files/", 204),
    ],
)
async def test_what_is_not_passed_on(network: OnNetwork, box: Box, method: str, path: str, status: int) -> None:
    async with network.program() as client:
        answer = await fetch(network.port, method, path.replace("{token}", quote(await token(client))))
        assert answer.status == status
        assert answer.headers["access-control-allow-origin"] == "*"


async def test_the_terminals_own_token_is_worth_nothing_here_and_is_never_told(network: OnNetwork, box: Box) -> None:
    told = await theirs(box)
    assert (await fetch(network.port, "GET", f"/frames/VideoCaptureSlot?token={quote(told)}")).status == 403
    async with network.program() as client:
        ours = await token(client)
        answer = await fetch(box.simulator.ports.http, "GET", f"/frames/VideoCaptureSlot?token={quote(ours)}")
        assert answer.status == 403
        assert (await fetch(network.port, "GET", f"/frames/VideoCaptureSlot?token={quote(ours)}")).status == 200


async def test_who_may_only_read_has_no_token(network: OnNetwork) -> None:
    async with network.stranger() as client:
        reply = await client.do("auth", type="secured", credentials=SECRETS["read"])
        assert reply["tokenForHttpServer"] == ""
        await client.refused("getTokenForHttpServer")


async def test_a_terminal_that_has_forgotten_its_token(network: OnNetwork, box: Box) -> None:
    async with network.program() as client:
        path = f"/frames/VideoCaptureSlot?token={quote(await token(client))}"
        assert (await fetch(network.port, "GET", path)).status == 200
        box.simulator.terminal.accounts._http_tokens.clear()
        assert (await fetch(network.port, "GET", path)).status == 200


async def test_a_terminal_whose_server_does_not_run(network: OnNetwork, box: Box) -> None:
    async with network.program() as client:
        path = f"/frames/VideoCaptureSlot?token={quote(await token(client))}"
        await client.do("stopHttpServer")
        answer = await fetch(network.port, "GET", path)
        assert answer.status == 503
        assert str(box.simulator.ports.http) not in answer.content.decode()
        assert "127.0.0.1" not in answer.content.decode()
        assert int((await client.do("getAppState"))["embeddedHttpPort"]) == 0


@pytest.mark.parametrize("generation", [Generation.OLD, Generation.NEW])
async def test_our_own_pictures(
    start_box: StartBox, nursery: trio.Nursery, tmp_path: Path, generation: Generation
) -> None:
    box = await start_box(generation=generation)
    network = await on_network(box, nursery)
    path = tmp_path / "plan.bin"
    path.write_bytes(b"a plan")
    async with connect(HOST, web_port=network.port, password=SECRETS["admin"]) as client:
        pictures = Pictures(client)
        assert (await pictures.frame()).data[:2] == JPEG
        file_id = await pictures.upload(path)
        assert (await pictures.file(file_id)).data == b"a plan"


async def test_pieces_and_not_the_whole(network: OnNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []
    go_on = passing._Answer.go_on

    async def counted(answer: Any, data: bytes) -> None:
        pieces.append(len(data))
        await go_on(answer, data)

    monkeypatch.setattr(passing._Answer, "go_on", counted)
    async with network.program() as client:
        ours = quote(await token(client))
        up = await upload(network.port, f"/files/?token={ours}", "a", bytes(2**20))
        await fetch(network.port, "GET", f"/files/{up.headers['fileid']}?token={ours}")
    assert sum(pieces) == 2**20
    assert max(pieces) <= 2**16


async def test_an_upload_that_stops_is_given_up_and_one_client_has_few_at_once(network: OnNetwork) -> None:
    async with network.program() as client:
        ours = quote(await token(client))
        head = f"POST /files/?token={ours} HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc".encode()
        began = trio.current_time()
        streams = [await trio.open_tcp_stream(HOST, network.port) for _ in range(OF_ONE)]
        for stream in streams:
            await stream.send_all(head)
        await trio.testing.wait_all_tasks_blocked(0.01)
        assert (await fetch(network.port, "GET", f"/frames/VideoCaptureSlot?token={ours}")).status == 503
        async with network.program("user") as other:
            path = f"/frames/VideoCaptureSlot?token={quote(await token(other))}"
            assert (await fetch(network.port, "GET", path)).status == 200
        for stream in streams:
            said = await stream.receive_some()
            assert said.startswith(b"HTTP/1.1 503") or said == b""
            await trio.aclose_forcefully(stream)
        assert trio.current_time() - began < 2 * passing.WITHIN
        assert (await fetch(network.port, "GET", f"/frames/VideoCaptureSlot?token={ours}")).status == 200


async def test_a_file_that_nobody_takes_is_given_up(network: OnNetwork) -> None:
    async with network.program() as client:
        ours = quote(await token(client))
        up = await upload(network.port, f"/files/?token={ours}", "a", bytes(15 * 2**20))
        path = f"/files/{up.headers['fileid']}?token={ours}"
        streams = [await trio.open_tcp_stream(HOST, network.port) for _ in range(OF_ONE)]
        for stream in streams:
            await stream.send_all(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        await trio.sleep(2 * passing.WITHIN + 1)
        assert (await fetch(network.port, "GET", f"/frames/VideoCaptureSlot?token={ours}")).status == 200
        for stream in streams:
            await trio.aclose_forcefully(stream)


async def test_uploads_that_are_too_large_or_of_no_length(network: OnNetwork) -> None:
    async with network.program() as client:
        ours = quote(await token(client))
        for header, status in (("Content-Length: 99999999999", b"413"), ("Transfer-Encoding: chunked", b"411")):
            async with await trio.open_tcp_stream(HOST, network.port) as stream:
                await stream.send_all(f"POST /files/?token={ours} HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n".encode())
                assert (await stream.receive_some())[9:12] == status


async def test_the_vendors_client(nursery: trio.Nursery, tmp_path: Path) -> None:
    """In real time, since it is a process of its own; where it is installed."""
    box = await started_box(nursery, tmp_path)
    network = await on_network(box, nursery)
    command = [sys.executable, "-c", VENDOR, str(network.port), SECRETS["admin"]]
    with trio.fail_after(90):
        ran = await trio.run_process(command, cwd=tmp_path, capture_stdout=True, capture_stderr=True, check=False)
    if ran.returncode == MISSING:
        pytest.skip("the vendor's client is not installed")
    assert ran.stdout.endswith(b"done\n"), ran.stderr.decode()
    assert box.simulator.terminal.mutes.muted["mic"] is True
    assert box.link.session is not None
