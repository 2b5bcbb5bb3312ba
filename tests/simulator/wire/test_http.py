import io
import socket
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from trio.testing import MockClock

from appliance.simulator.options import DOMAIN
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client
from tests.simulator.conftest import Start
from tests.simulator.http import Answer, fetch, upload
from tests.virtual_time import passes

JOHN = f"john.smith@{DOMAIN}"


async def token(client: Client) -> str:
    return str((await client.do("getTokenForHttpServer"))["token"])


def picture(answer: Answer) -> Image.Image:
    assert answer.status == 200, answer
    return Image.open(io.BytesIO(answer.content))


async def test_the_room_sees_itself_move(client: Client, simulator: Simulator) -> None:
    port = simulator.ports.http
    first = await fetch(port, "GET", "/frames/VideoCaptureSlot")
    assert picture(first).size == (640, 360)
    await client.do("setPanPos", pos=60)
    await simulator.until(lambda terminal: terminal.camera.due == float("inf"))
    by_token = f"/frames/?peerId=%23self%3A0&token={quote(await token(client))}"
    assert (await fetch(port, "GET", by_token)).content != first.content
    await client.do("setSettings", settings={"bestQualityForHttpServerImages": False})
    assert picture(await fetch(port, "GET", by_token)).size == (320, 180)


async def test_frames_of_participants(client: Client, simulator: Simulator) -> None:
    path = f"/frames/{quote(JOHN)}"
    assert (await fetch(simulator.ports.http, "GET", path)).status == 404
    await client.do("call", peerId=JOHN)
    simulator.peer(JOHN).answer()
    bright = picture(await fetch(simulator.ports.http, "GET", path))
    simulator.peer(JOHN).mute("video")
    dark = picture(await fetch(simulator.ports.http, "GET", path))
    assert _light(bright) > 2 * _light(dark)


def _light(shown: Image.Image) -> float:
    pixels: Any = shown.convert("L").resize((1, 1)).getpixel((0, 0))
    return float(pixels)


async def test_no_camera_no_picture(client: Client, simulator: Simulator) -> None:
    await client.do("setVideoCapturer", name="none", description="none")
    assert (await fetch(simulator.ports.http, "GET", "/frames/VideoCaptureSlot")).status == 404


async def test_avatars(client: Client, simulator: Simulator) -> None:
    first = await fetch(simulator.ports.http, "GET", f"/avatars/{JOHN}")
    assert picture(first).format == "PNG"
    simulator.peer(JOHN).change_avatar()
    assert (await client.event("updateAvatar"))["peerId"] == JOHN
    assert (await fetch(simulator.ports.http, "GET", f"/avatars/{JOHN}")).content != first.content
    assert (await fetch(simulator.ports.http, "GET", "/avatars/nobody")).status == 404


async def test_files_up_and_down(client: Client, simulator: Simulator) -> None:
    data = b"\r\n--b0un\x00\xff" * 10_000
    up = await upload(simulator.ports.http, f"/files/?token={await token(client)}", "план.bin", data)
    file_id = up.headers["fileid"]
    assert up.status == 200
    assert (await client.do("getFileList"))["fileList"] == [{"fileId": file_id, "fileName": "план.bin"}]
    down = await fetch(simulator.ports.http, "GET", f"/files/{file_id}")
    assert (down.status, down.content) == (200, data)
    await client.do("startBroadcastPicture", fileId=int(file_id))
    await client.do("deleteFileTransferFile", fileId=file_id)
    assert (await fetch(simulator.ports.http, "GET", f"/files/{file_id}")).status == 404


async def test_tokens(client: Client, simulator: Simulator, clock: MockClock) -> None:
    good = await token(client)
    for path, status in (
        ("/frames/?peerId=%23self%3A0", 401),
        ("/frames/?peerId=%23self%3A0&token=3*nonsense", 403),
        ("/frames/VideoCaptureSlot?token=3*nonsense", 403),
        (f"/frames/?peerId=%23self%3A0&token={good}", 200),
    ):
        assert (await fetch(simulator.ports.http, "GET", path)).status == status, path
    await passes(301)
    assert (await fetch(simulator.ports.http, "GET", f"/frames/VideoCaptureSlot?token={good}")).status == 403
    assert (await upload(simulator.ports.http, "/files/", "a", b"a")).status == 401


async def test_a_terminal_that_always_wants_a_token(start: Start) -> None:
    simulator = await start(http_token_needed=True)
    assert (await fetch(simulator.ports.http, "GET", f"/avatars/{JOHN}")).status == 401


async def test_the_size_of_a_file_is_limited_at_once(client: Client, simulator: Simulator) -> None:
    await client.do("setHttpServerSettings", settings={"maxPostFileSizeInBytes": 1000})
    path = f"/files/?token={await token(client)}"
    assert (await upload(simulator.ports.http, path, "a", b"a" * 2000)).status == 413
    assert (await upload(simulator.ports.http, path, "a", b"a" * 200_000)).status == 413
    assert (await upload(simulator.ports.http, path, "a", b"a" * 500)).status == 200


async def test_bad_uploads(client: Client, simulator: Simulator) -> None:
    path = f"/files/?token={await token(client)}"
    assert (await upload(simulator.ports.http, path, "a", b"a", field="picture")).status == 400
    assert (await fetch(simulator.ports.http, "POST", path, b"abc")).status == 415
    assert (await fetch(simulator.ports.http, "DELETE", path)).status == 405
    assert (await fetch(simulator.ports.http, "GET", "/")).status == 404


async def test_the_server_moves_to_another_port(client: Client, simulator: Simulator) -> None:
    port = _free_port()
    await client.do("setHttpServerSettings", settings={"port": port})
    assert (await client.event("httpServerSettingChanged"))["pendingValue"] == port
    assert (await fetch(simulator.ports.http, "GET", "/frames/VideoCaptureSlot")).status == 200
    await client.do("stopHttpServer")
    await client.events("httpServerStateChanged", "httpServerStateChanged")
    assert (await client.do("getAppState"))["embeddedHttpPort"] == "0"
    with pytest.raises(OSError, match="127"):
        await fetch(simulator.ports.http, "GET", "/frames/VideoCaptureSlot")
    await client.do("startHttpServer")
    await client.event("httpServerStateChanged", state=3)
    assert (await client.do("getAppState"))["embeddedHttpPort"] == str(port)
    assert (await fetch(port, "GET", "/frames/VideoCaptureSlot")).status == 200


async def test_a_port_that_somebody_else_has(client: Client, simulator: Simulator) -> None:
    await client.do("setHttpServerSettings", settings={"port": simulator.ports.ws})
    await client.do("stopHttpServer")
    await client.event("httpServerStateChanged", state=1)
    await client.do("startHttpServer")
    await client.event("httpServerStateChanged", state=1)
    assert (await client.do("getHttpServerState"))["state"] == 1


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
