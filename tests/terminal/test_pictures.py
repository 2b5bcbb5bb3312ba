"""Pictures and files against a small HTTP server that says what a test tells it to."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import h11
import pytest
import trio
from trio.testing import MockClock

from appliance.terminal import connect
from appliance.terminal.http import HttpError, TooLarge
from appliance.terminal.pictures import (
    NotFound,
    NotRunning,
    Overloaded,
    Picture,
    Pictures,
    TokenRefused,
    UnexpectedStatus,
)
from tests.some import some
from tests.terminal.scripted import HOST, ScriptedTerminal, serve_tcp_locally
from tests.virtual_time import passes

JPEG = b"\xff\xd8 a picture"
Answer = tuple[int, dict[str, str], bytes]


class Files:
    """The HTTP server: `answer` gets target and body; every request is kept."""

    def __init__(self, answer: Callable[[str, bytes], Answer]) -> None:
        self.answer = answer
        self.requests: list[tuple[str, str, bytes]] = []

    async def serve(self, stream: trio.SocketStream) -> None:
        connection = h11.Connection(h11.SERVER)
        request = await self._next(connection, stream)
        assert isinstance(request, h11.Request)
        body = b""
        while isinstance(part := await self._next(connection, stream), h11.Data):
            body += part.data
        target = request.target.decode()
        self.requests.append((request.method.decode(), target, body))
        status, headers, data = self.answer(target, body)
        response = h11.Response(status_code=status, headers=[*headers.items(), ("Connection", "close")])
        for event in (response, h11.Data(data=data), h11.EndOfMessage()):
            await stream.send_all(connection.send(event) or b"")

    async def _next(self, connection: h11.Connection, stream: trio.SocketStream) -> object:
        while (event := connection.next_event()) is h11.NEED_DATA:
            connection.receive_data(await stream.receive_some(65536))
        return event

    def targets(self) -> list[str]:
        return [target for _, target, _ in self.requests]


@asynccontextmanager
async def served(
    terminal: ScriptedTerminal, answer: Callable[[str, bytes], Answer]
) -> AsyncIterator[tuple[Pictures, Files]]:
    files = Files(answer)
    tokens = iter(f"t{number}" for number in range(1, 100))
    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(serve_tcp_locally, files.serve)
        port = listeners[0].socket.getsockname()[1]
        terminal.answers |= {
            "getAppState": {"appState": 3, "embeddedHttpPort": str(port)},
            "getTokenForHttpServer": lambda _request: {"token": next(tokens)},
        }
        async with connect(HOST, web_port=terminal.web_port) as client:
            yield Pictures(client), files
        nursery.cancel_scope.cancel()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def picture(_target: str, _body: bytes) -> Answer:
    return 200, {"Content-Type": "image/jpeg"}, JPEG


def newer(target: str, _body: bytes) -> Answer:
    """A terminal that takes the id in the query only."""
    query = parse_qs(urlsplit(target).query)
    known = "peerId" in query or "fileId" in query
    return (200, {"Content-Type": "image/png"}, JPEG) if known else (404, {}, b"?")


async def test_the_manuals_form_of_address(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with served(terminal, picture) as (pictures, files):
        assert await pictures.avatar("бob smith@example.com/7") == Picture("image/jpeg", JPEG)
        assert (await pictures.frame()).data == JPEG
        assert (await pictures.file(1508229934)).data == JPEG
        first, *others = files.targets()
        assert unquote(first) == "/avatars/бob smith@example.com/7?token=t1"
        assert " " not in first
        assert "%2F7?" in first
        assert others == ["/frames/VideoCaptureSlot?token=t1", "/files/1508229934?token=t1"]
        assert len(terminal.requests("getAppState")) == 1


async def test_the_newer_form_is_found_out_once(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with served(terminal, newer) as (pictures, files):
        assert (await pictures.frame()).content_type == "image/png"
        await pictures.frame("a&b@example.com")
        await pictures.file("12")
        assert files.targets() == [
            "/frames/VideoCaptureSlot?token=t1",
            "/frames/?peerId=%23self%3A0&token=t1",
            "/frames/?peerId=a%26b%40example.com&token=t1",
            "/files/?fileId=12&token=t1",
        ]


async def test_what_is_in_neither_form_is_not_found(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with served(terminal, lambda _target, _body: (404, {}, b"nobody")) as (pictures, files):
        with pytest.raises(NotFound, match="HTTP 404 nobody"):
            await pictures.avatar("bob")
        assert len(files.requests) == 2


async def test_a_token_is_replaced_before_it_ends(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with served(terminal, picture) as (pictures, files):
        for seconds in (0, 230, 9, 2):  # 0, 230, 239, 241 seconds old
            await passes(seconds)
            await pictures.frame()
        assert [target[-2:] for target in files.targets()] == ["t1", "t1", "t1", "t2"]


async def test_many_at_once_share_one_new_token(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with served(terminal, picture) as (pictures, _):
        async with trio.open_nursery() as nursery:
            for _ in range(5):
                nursery.start_soon(pictures.frame)
        assert len(terminal.requests("getTokenForHttpServer")) == 1


async def test_a_token_that_is_not_taken_is_replaced_once(clock: MockClock, terminal: ScriptedTerminal) -> None:
    def only_the_second(target: str, _body: bytes) -> Answer:
        return (200, {}, JPEG) if target.endswith("t2") else (403, {}, b"")

    async with served(terminal, only_the_second) as (pictures, files):
        assert (await pictures.frame()).data == JPEG
        assert len(files.requests) == 2
    async with served(terminal, lambda _target, _body: (401, {}, b"no")) as (pictures, files):
        with pytest.raises(TokenRefused, match="HTTP 401 no") as caught:
            await pictures.frame()
        assert len(files.requests) == 2
        assert "t2" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "error"),
    [(413, TooLarge), (429, Overloaded), (503, Overloaded), (500, UnexpectedStatus), (204, UnexpectedStatus)],
)
async def test_every_status_has_its_error(
    clock: MockClock, terminal: ScriptedTerminal, status: int, error: type[Exception]
) -> None:
    async with served(terminal, lambda _target, _body: (status, {}, b"")) as (pictures, _):
        with pytest.raises(error, match=f"HTTP {status}"):
            await pictures.frame()


async def test_a_server_that_does_not_run_is_said_and_asked_for_again(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with served(terminal, picture) as (pictures, _):
        running = terminal.answers["getAppState"]
        terminal.answers["getAppState"] = {"appState": 3, "embeddedHttpPort": 0}
        with pytest.raises(NotRunning):
            await pictures.frame()
        terminal.answers["getAppState"] = {"appState": 3, "embeddedHttpPort": 1}
        with pytest.raises(HttpError, match=f"{HOST}:1: "):
            await pictures.frame()
        terminal.answers["getAppState"] = running
        assert (await pictures.frame()).data == JPEG


async def test_a_picture_may_not_be_too_large(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with served(terminal, lambda _target, _body: (200, {}, b"x" * 1001)) as (pictures, _):
        assert len((await pictures.frame(largest=1001)).data) == 1001
        with pytest.raises(TooLarge, match="longer than 1000 bytes"):
            await pictures.frame(largest=1000)


async def test_a_file_is_written_piece_by_piece(clock: MockClock, terminal: ScriptedTerminal, tmp_path: Path) -> None:
    data = bytes(range(256)) * 4096
    async with served(terminal, lambda _target, _body: (200, {}, data)) as (pictures, _):
        await pictures.save("files", "7", tmp_path / "a.bin")
        assert (tmp_path / "a.bin").read_bytes() == data
        (tmp_path / "b.bin").write_bytes(b"before")
        with pytest.raises(TooLarge):
            await pictures.save("files", "7", tmp_path / "b.bin", largest=len(data) - 1)
        assert (tmp_path / "b.bin").read_bytes() == b"before"
        with pytest.raises(FileNotFoundError):
            await pictures.save("files", "7", tmp_path / "nowhere" / "c.bin")
        assert names(tmp_path) == ["a.bin", "b.bin"]


async def test_a_file_that_stops_coming_is_given_up(
    clock: MockClock, terminal: ScriptedTerminal, tmp_path: Path
) -> None:
    async def stall(stream: trio.SocketStream) -> None:
        await stream.receive_some()
        await stream.send_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        await trio.sleep_forever()

    async with served(terminal, picture) as (pictures, _), trio.open_nursery() as nursery:
        listeners = await nursery.start(serve_tcp_locally, stall)
        port = listeners[0].socket.getsockname()[1]
        terminal.answers["getAppState"] = {"appState": 3, "embeddedHttpPort": port}
        with pytest.raises(HttpError, match="no answer within 10 s"):
            await pictures.save("files", "7", tmp_path / "a.bin")
        nursery.cancel_scope.cancel()
    assert names(tmp_path) == []


async def test_a_file_is_put_there(clock: MockClock, terminal: ScriptedTerminal, tmp_path: Path) -> None:
    path = tmp_path / 'a "good" plan.png'
    path.write_bytes(JPEG * 20_000)
    async with served(terminal, lambda _target, _body: (200, {"FileId": "77"}, b"{}")) as (pictures, files):
        assert await pictures.upload(path) == "77"
        ((method, target, body),) = files.requests
        assert (method, target) == ("POST", "/files/?token=t1")
        boundary, head, data = some(
            re.fullmatch(rb"--(\w+)\r\n(.*?)\r\n\r\n(.*)\r\n--\1--\r\n", body, re.DOTALL)
        ).groups()
        assert data == JPEG * 20_000
        assert b'name="file"; filename="a %22good%22 plan.png"\r\nContent-Type: image/png' in head
        assert len(boundary) == 32
        files.answer = lambda _target, _body: (200, {}, b"")
        with pytest.raises(UnexpectedStatus, match="gave no id"):
            await pictures.upload(path)
        files.answer = lambda _target, _body: (413, {}, b"")
        with pytest.raises(TooLarge):
            await pictures.upload(path)


async def test_an_upload_that_is_refused_at_once_says_why(
    clock: MockClock, terminal: ScriptedTerminal, tmp_path: Path
) -> None:
    async def refuse(stream: trio.SocketStream) -> None:
        await stream.receive_some()
        await stream.send_all(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")
        await stream.send_eof()
        while await stream.receive_some():
            pass

    path = tmp_path / "large.bin"
    path.write_bytes(bytes(8 * 2**20))
    async with served(terminal, picture) as (pictures, _), trio.open_nursery() as nursery:
        listeners = await nursery.start(serve_tcp_locally, refuse)
        port = listeners[0].socket.getsockname()[1]
        terminal.answers["getAppState"] = {"appState": 3, "embeddedHttpPort": port}
        with pytest.raises(TooLarge, match="HTTP 413 no"):
            await pictures.upload(path)
        nursery.cancel_scope.cancel()
