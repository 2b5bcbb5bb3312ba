"""The client against the server itself, on real sockets."""

import inspect
import shutil
import typing
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.access.roles import Role
from appliance.api.client.client import Client
from appliance.api.client.connection import NotUnderstoodError, RefusedError, UnreachedError
from appliance.api.client.items import Told
from appliance.api.client.operations import Operations
from appliance.api.client.trust import is_fingerprint, pinned
from appliance.api.operations import OPERATIONS
from appliance.panel.certificate import Pair, fingerprint, server_context
from appliance.room.happened import Event
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.run.parts import Parts
from appliance.runtime.fetch import Way
from appliance.runtime.web.server import serve_web
from scripts.api_client import name_of
from tests.api.rooms import FromAway, app, room, set_state
from tests.runtime.https_server import Authority, Said, answer
from tests.runtime.web.serving import Serve
from tests.virtual_time import real


def nothing(item: Told) -> None:
    pytest.fail(f"nothing was to be heard: {item}")


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def test_every_operation_has_a_method_and_every_method_is_one() -> None:
    methods = {name for name, value in vars(Operations).items() if inspect.isfunction(value) and name[0] != "_"}
    assert methods == {name_of(operation) for operation in OPERATIONS}
    for operation in OPERATIONS:
        hints = typing.get_type_hints(getattr(Operations, name_of(operation)))
        follows = operation.media_types == ("text/event-stream",)
        assert hints["return"] == (type(None) if follows else operation.answers or str), operation.name
        assert hints.get("ask") == operation.asks


@pytest.fixture
def parts() -> Parts:
    return room()


@pytest.fixture
async def away(parts: Parts, serve: Serve) -> str:
    """A box that is asked from elsewhere, over HTTPS as it believes."""
    host, port = await serve(FromAway(app(parts)))
    return f"http://{host}:{port}"


async def test_the_room_its_health_and_its_version(parts: Parts, away: str) -> None:
    client = Client(away, "view")
    seen = await client.view()
    assert (seen.view.room, seen.view.phase, seen.view.mic_muted, seen.view.volume) == (
        "Neptune",
        Phase.IN_CALL,
        True,
        40,
    )
    assert seen.view.call is not None
    assert (seen.view.call.who, seen.view.call.peer_id) == ("Anna", "")
    assert (await client.health()).link is LinkPhase.UP
    assert (await client.version()).room == "Neptune"


async def test_more_is_seen_with_another_role(away: str) -> None:
    seen = await Client(away, Role.TOUCH.word).view()
    assert seen.view.call is not None
    assert seen.view.call.peer_id == "anna@example.org"


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("wrong", 401)])
async def test_who_may_not_is_told_why(away: str, token: str | None, status: int) -> None:
    with pytest.raises(RefusedError, match="expected") as refused:
        await Client(away, token).view()
    assert refused.value.status == status
    with pytest.raises(RefusedError):
        await Client(away, token).events(nothing)


def test_a_token_is_in_no_repr() -> None:
    assert "hunter2" not in repr(vars(Client("https://box", "hunter2")))


async def test_a_room_is_followed_and_gone_on_with(parts: Parts, away: str) -> None:
    told: list[Told] = []
    news = trio.lowlevel.ParkingLot()

    def hear(item: Told) -> None:
        told.append(item)
        news.unpark_all()

    async def has(count: int) -> None:
        with trio.fail_after(real(30)):
            while len(told) < count:
                await news.park()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(Client(away, "view").events, hear)
        await has(1)
        set_state(parts, mic_muted=False)
        await has(2)
        nursery.cancel_scope.cancel()
    assert (told[0].kind, told[0].data["view"]["room"]) == ("view", "Neptune")
    assert (told[1].kind, told[1].data["view"]) == ("change", {"mic_muted": False})
    assert parts.recent is not None
    parts.recent.hear(Event(kind="button", event_type="pressed", detail="call", id="1"))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(Client(away, "view").events, hear, told[1].id)
        await has(3)
        nursery.cancel_scope.cancel()
    assert (told[2].kind, told[2].data["detail"]) == ("happened", "call")


@needs_openssl
async def test_a_box_is_known_by_its_fingerprint_alone(parts: Parts, tmp_path: Path, nursery: trio.Nursery) -> None:
    """As a box that has signed its own certificate; a second one has the same names, and another certificate."""
    first, second = (Authority(tmp_path / name).pair("box", "DNS:somewhere.example.com") for name in ("a", "b"))
    ports = []
    for certificate, key in (first, second):
        context = server_context(Pair(certificate, key))
        ((_, port), *_) = await nursery.start(lambda task_status, tls=context: _serve(parts, tls, task_status))
        ports.append(port)
    known = fingerprint(first[0])
    way = await pinned("127.0.0.1", ports[0], known)
    assert (await Client(f"https://127.0.0.1:{ports[0]}", way=way).version()).room == "Neptune"
    with pytest.raises(UnreachedError, match="another fingerprint"):
        await pinned("127.0.0.1", ports[1], known)
    with pytest.raises(UnreachedError, match="certificate verify failed"):
        await Client(f"https://127.0.0.1:{ports[1]}", way=way).version()
    with pytest.raises(UnreachedError, match="certificate verify failed"):
        await Client(f"https://127.0.0.1:{ports[0]}").version()


async def _serve(parts: Parts, tls: object, task_status: trio.TaskStatus[object]) -> None:
    await serve_web(app(parts), "127.0.0.1:0", tls=tls, task_status=task_status)  # type: ignore[arg-type]  # a context


@needs_openssl
async def test_a_box_with_an_authority_of_the_house(tmp_path: Path, nursery: trio.Nursery) -> None:
    authority, said = Authority(tmp_path / "authority"), Said({"/api/v1/version": answer(b"{}", "500 Broken")})
    port = await nursery.start(said.https, authority.server())
    client = Client(f"https://localhost:{port}", "secret", Way(authorities=authority.certificate))
    with pytest.raises(RefusedError, match="it answers 500"):
        await client.version()
    assert "authorization: bearer secret" in said.heads[0].lower()


async def test_in_plain_only_on_this_machine() -> None:
    with pytest.raises(UnreachedError, match="not encrypted"):
        await Client("http://192.0.2.1:8080", "secret").view()


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"room":1}', b"\xff"])
async def test_what_is_no_box_is_not_understood(nursery: trio.Nursery, body: bytes) -> None:
    said = Said({"/api/v1/version": answer(body), "/api/v1/events": answer(b"data: {\n\n")})
    port = await nursery.start(said.http)
    with pytest.raises(NotUnderstoodError, match="this version knows"):
        await Client(f"http://127.0.0.1:{port}").version()
    with pytest.raises(NotUnderstoodError):
        await Client(f"http://127.0.0.1:{port}").events(nothing)


async def test_a_box_that_is_silent_is_not_there(nursery: trio.Nursery, mock_clock: MockClock) -> None:
    ((listener),) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener:
        port = listener.socket.getsockname()[1]
        with pytest.raises(UnreachedError, match="no answer within 20 s"):
            await Client(f"http://127.0.0.1:{port}").view()
        with pytest.raises(UnreachedError, match="no answer within 40 s"):
            await Client(f"http://127.0.0.1:{port}").events(nothing)


@pytest.fixture
def mock_clock() -> MockClock:
    """Time passes at once where nobody has anything to do; a machine that is slow is given a moment."""
    return MockClock(autojump_threshold=real(0.3))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("AB:" * 31 + "CD", True), ("ab" * 32, True), ("ab" * 31, False), ("xy" * 32, False), ("", False)],
)
def test_what_a_fingerprint_is(text: str, is_one: bool) -> None:  # of the table
    assert is_fingerprint(text) is is_one
