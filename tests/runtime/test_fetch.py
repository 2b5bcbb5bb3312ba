"""HTTPS as the box fetches it: real TLS over loopback, an authority of its own, a real proxy."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import trio

from appliance.runtime.fetch import Ask, FetchError, Way, fetch, where_of
from tests.runtime.https_server import Authority, Proxy, Said, answer

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

Serve = Callable[[Said], Awaitable[str]]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls") / "authority")


@pytest.fixture
def way(authority: Authority) -> Way:
    return Way(authorities=authority.certificate)


@pytest.fixture
def serve(nursery: trio.Nursery, authority: Authority) -> Serve:
    async def start(said: Said) -> str:
        port: int = await nursery.start(said.https, authority.server())
        return f"https://localhost:{port}"

    return start


async def test_what_the_server_said(serve: Serve, way: Way) -> None:
    said = Said({"/channel.json": answer(b"{}", "200 OK", "ETag: 7")})
    got = await fetch(f"{await serve(said)}/channel.json", within=20, way=way)
    assert (got.status, got.body, got.headers["etag"]) == (200, b"{}", "7")
    assert (await fetch(f"{await serve(said)}/else", within=20, way=way)).status == 404


async def test_a_body_goes_to_its_sink_in_parts(serve: Serve, way: Way) -> None:
    parts: list[bytes] = []

    async def keep(part: bytes) -> None:
        parts.append(part)

    url = await serve(Said({"/large": answer(b"x" * 300_000), "/none": answer(b"sorry", "503 Busy")}))
    got = await fetch(f"{url}/large", within=20, way=way, sink=keep)
    assert (got.body, b"".join(parts)) == (b"", b"x" * 300_000)
    assert len(parts) > 1
    assert (await fetch(f"{url}/none", within=20, way=way, sink=keep)).body == b"sorry"


async def test_what_is_asked_is_what_arrives(serve: Serve, way: Way) -> None:
    said = Said({"/act": answer(b"done")})
    ask = Ask("POST", {"Content-Type": "text/plain"}, b"press call", ("box", "secret"))
    await fetch(f"{await serve(said)}/act", ask, within=20, way=way)
    assert said.heads[0].startswith("POST /act HTTP/1.1")
    assert "authorization: basic" in said.heads[0].lower()


async def test_a_server_that_nobody_vouches_for_is_refused(serve: Serve) -> None:
    said = Said({"/": answer(b"trust me")})
    with pytest.raises(FetchError, match=r"localhost:\d+: .*certificate verify failed"):
        await fetch(await serve(said), within=20)
    assert said.heads == []


async def test_another_server_than_the_certificate_says_is_refused(
    nursery: trio.Nursery, authority: Authority, way: Way
) -> None:
    said = Said()
    proxy = Proxy(await nursery.start(said.https, authority.server()))
    through = Way(proxy=f"http://127.0.0.1:{await nursery.start(proxy.serve)}", authorities=way.authorities)
    with pytest.raises(FetchError, match=r"updates\.example\.com: .*certificate"):
        await fetch("https://updates.example.com/", within=20, way=through)
    assert said.heads == []


async def test_a_server_that_wants_to_know_who_asks(nursery: trio.Nursery, authority: Authority, way: Way) -> None:
    port = await nursery.start(Said({"/": answer(b"welcome")}).https, authority.server(wants_certificate=True))
    certificate, key = authority.pair("box", "DNS:box")
    mine = Way(authorities=way.authorities, certificate=certificate, key=key)
    assert (await fetch(f"https://localhost:{port}/", within=20, way=mine)).body == b"welcome"
    with pytest.raises(FetchError, match=f"localhost:{port}"):
        await fetch(f"https://localhost:{port}/", within=20, way=way)


async def test_through_a_proxy_that_knows_us(nursery: trio.Nursery, authority: Authority, way: Way) -> None:
    """The name is the proxy's to look up: in many networks nobody else can."""
    certificate, key = authority.pair("far", "DNS:updates.example.com")
    tls = authority.server()
    tls.load_cert_chain(certificate, key)
    proxy = Proxy(await nursery.start(Said({"/a": answer(b"far")}).https, tls))
    address = f"http://box:secret@127.0.0.1:{await nursery.start(proxy.serve)}"
    got = await fetch("https://updates.example.com/a", within=20, way=Way(address, authorities=way.authorities))
    assert got.body == b"far"
    assert proxy.heads[0].startswith("CONNECT updates.example.com:443 ")
    assert "proxy-authorization: basic" in proxy.heads[0].lower()


@pytest.mark.parametrize(
    ("host", "through"),
    [
        ("updates.example.com", True),
        ("example.com", False),
        ("calendar.example.com", False),
        ("127.0.0.1", False),
        ("::1", False),
        ("localhost", False),
        ("notexample.com", True),
    ],
)
def test_who_is_asked_directly(host: str, *, through: bool) -> None:
    way = Way("http://proxy:3128", ("calendar.example.com", "*.example.org", "localhost", "example.com"))
    if host == "updates.example.com":
        way = Way("http://proxy:3128", ("calendar.example.com",))
    assert (way.proxy_to(host) is not None) is through


async def test_redirects_are_followed_and_end(serve: Serve, way: Way) -> None:
    said = Said({"/a": answer(b"", "302 Found", "Location: /b"), "/b": answer(b"here")})
    url = await serve(said)
    assert (await fetch(f"{url}/a", within=20, way=way)).body == b"here"
    said.answers["/b"] = answer(b"", "302 Found", "Location: /a")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        await fetch(f"{url}/a", within=20, way=way)


async def test_a_redirect_to_what_is_not_encrypted_is_refused(serve: Serve, way: Way, nursery: trio.Nursery) -> None:
    """Also on this machine, where one may ask so oneself."""
    plain = Said({"/": answer(b"gotcha")})
    port = await nursery.start(plain.http)
    url = await serve(Said({"/": answer(b"", "302 Found", f"Location: http://127.0.0.1:{port}/")}))
    with pytest.raises(FetchError, match="redirects to an address that is not encrypted"):
        await fetch(url, within=20, way=way)
    assert plain.heads == []


async def test_another_server_is_not_told_what_the_first_was(serve: Serve, way: Way) -> None:
    other = Said({"/": answer(b"there")})
    url = await serve(Said({"/": answer(b"", "307 Go on", f"Location: {await serve(other)}/")}))
    ask = Ask(headers={"Authorization": "Bearer secret", "Accept": "text/calendar"}, user=("box", "secret"))
    assert (await fetch(url, ask, within=20, way=way)).body == b"there"
    assert "authorization" not in other.heads[0].lower()
    assert "text/calendar" in other.heads[0]


# the library leaves one of its own iterators to the interpreter where a body is not read to its end
@pytest.mark.filterwarnings("ignore:.*PoolByteStream.*:pytest.PytestUnraisableExceptionWarning")
async def test_a_body_that_is_too_long_or_too_short(serve: Serve, way: Way) -> None:
    said = Said({"/long": answer(b"x" * 1001), "/short": answer(b"x" * 10, length=20)})
    url = await serve(said)
    with pytest.raises(FetchError, match="more than 1000 bytes"):
        await fetch(f"{url}/long", within=20, way=way, largest=1000)
    with pytest.raises(FetchError, match=r"localhost:\d+: ."):
        await fetch(f"{url}/short", within=20, way=way)


async def silent(_stream: trio.SocketStream) -> None:
    await trio.sleep_forever()


async def test_a_server_that_says_nothing(nursery: trio.Nursery) -> None:
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    nursery.start_soon(trio.serve_listeners, silent, listeners)
    port = listeners[0].socket.getsockname()[1]
    with pytest.raises(FetchError, match=rf"127\.0\.0\.1:{port}: no answer within 0\.2 s"):
        await fetch(f"http://127.0.0.1:{port}/", within=0.2)


async def test_nobody_there() -> None:
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listeners[0].socket.getsockname()[1]
    await listeners[0].aclose()
    with pytest.raises(FetchError, match=rf"127\.0\.0\.1:{port}: ."):
        await fetch(f"http://127.0.0.1:{port}/secret?token=secret", within=20)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://updates.example.com/", "updates.example.com: not encrypted"),
        ("ftp://updates.example.com/", "not an address that can be asked: ftp"),
        ("updates.example.com", "not an address that can be asked: no scheme"),
        ("https:///a", "not an address that can be asked: https"),
        ("https://host:port/", "not an address"),
        ("https://[::1/", "not an address"),
    ],
)
def test_what_is_no_address(url: str, why: str) -> None:
    with pytest.raises(FetchError, match=why):
        where_of(url)


def test_nothing_secret_is_shown() -> None:
    assert where_of("https://user:secret@host:8443/a?secret") == "host:8443"
    assert "secret" not in repr(Way("http://user:secret@proxy:3128", authorities=Path("ca.pem")))
    assert "secret" not in repr(Ask("POST", {"Authorization": "secret"}, b"secret", ("user", "secret")))
