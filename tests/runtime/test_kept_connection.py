"""A server that is told something again and again: real TLS over loopback, and servers of all kinds."""

import shutil
import ssl

import pytest
import trio
from trio.testing import MockClock

from appliance.runtime.fetch import FetchError, Way
from appliance.runtime.kept_connection import LARGEST, kept_connection
from tests.hooks.receiver import HANG, OK, Receiver, status
from tests.runtime.https_server import Authority, Proxy
from tests.virtual_time import real

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 4 * LARGEST


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls") / "authority")


@pytest.fixture
def mock_clock() -> MockClock:
    """Time passes at once where nobody has anything to do; a machine that is slow is given a moment."""
    return MockClock(autojump_threshold=real(0.5))


@pytest.fixture(scope="module")
def tls(authority: Authority) -> ssl.SSLContext:
    return authority.server()


@pytest.fixture
def way(authority: Authority) -> Way:
    return Way(authorities=authority.certificate)


async def test_several_messages_go_over_one_connection(nursery: trio.Nursery, tls: ssl.SSLContext, way: Way) -> None:
    receiver = Receiver(OK, status("202 Accepted"), OK)
    port = await nursery.start(receiver.https, tls)
    async with kept_connection(f"https://localhost:{port}/in", way) as connection:
        got = [(await connection.post(b"%d" % n, {"Content-Type": "a/b"}, within=20)).status for n in range(2)]
        assert receiver.connections == 1
        await connection.post(b"2", {}, within=20)
    assert got == [204, 202]
    assert receiver.connections == 2, "the second answer had closed the first"
    assert [(each.line, each.body) for each in receiver.requests] == [
        ("POST /in HTTP/1.1", b"0"),
        ("POST /in HTTP/1.1", b"1"),
        ("POST /in HTTP/1.1", b"2"),
    ]
    assert receiver.requests[0].headers["user-agent"] == "offhook"


async def test_a_server_that_nobody_vouches_for_hears_nothing(nursery: trio.Nursery, tls: ssl.SSLContext) -> None:
    receiver = Receiver()
    port = await nursery.start(receiver.https, tls)
    async with kept_connection(f"https://localhost:{port}/secret", Way()) as connection:
        with pytest.raises(FetchError, match=rf"^localhost:{port}: .*certificate verify failed") as wrong:
            await connection.post(b"x", {}, within=20)
    assert receiver.requests == []
    assert "secret" not in str(wrong.value)


async def test_in_plain_only_where_it_is_said(way: Way) -> None:
    with pytest.raises(FetchError, match="not encrypted"):
        async with kept_connection("http://192.0.2.1/", way):
            pytest.fail("it is not encrypted")
    async with kept_connection("http://192.0.2.1/", way, plain=True) as connection:
        assert connection.where == "192.0.2.1"


async def test_a_redirect_is_an_answer_and_a_cookie_is_not_kept(nursery: trio.Nursery, way: Way) -> None:
    elsewhere = Receiver()
    there = await nursery.start(elsewhere.http)
    moved = status("307 Temporary Redirect", f"Location: http://127.0.0.1:{there}/", "Set-Cookie: a=b; Path=/")
    receiver = Receiver(moved)
    port = await nursery.start(receiver.http)
    async with kept_connection(f"http://127.0.0.1:{port}/in", way) as connection:
        assert (await connection.post(b"x", {}, within=20)).status == 307
        assert (await connection.post(b"y", {}, within=20)).status == 204
    assert elsewhere.requests == []
    assert "cookie" not in receiver.requests[1].headers


@pytest.mark.parametrize("said", [ENDLESS, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"])
async def test_a_body_of_any_size_is_not_read_and_costs_the_connection(
    nursery: trio.Nursery, way: Way, said: bytes
) -> None:
    receiver = Receiver(said)
    port = await nursery.start(receiver.http)
    async with kept_connection(f"http://127.0.0.1:{port}/in", way) as connection:
        answer = await connection.post(b"x", {}, within=20)
        assert (answer.status, answer.body) == (200, b"")
        assert (await connection.post(b"y", {}, within=20)).status == 204
    assert receiver.connections == 2


@pytest.mark.parametrize(
    "said",
    [
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200",
        b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    ],
)
async def test_nonsense_is_an_error_with_words(nursery: trio.Nursery, way: Way, said: bytes) -> None:
    receiver = Receiver(said if b"close" in said else said + b"\r\nConnection: close")
    port = await nursery.start(receiver.http)
    async with kept_connection(f"http://127.0.0.1:{port}/in", way) as connection:
        with pytest.raises(FetchError, match=rf"^127\.0\.0\.1:{port}: ."):
            await connection.post(b"x", {}, within=20)
        assert (await connection.post(b"y", {}, within=20)).status == 204, "and the next one is none the worse"


async def test_who_hangs_is_given_up_and_the_connection_with_him(
    mock_clock: MockClock, nursery: trio.Nursery, way: Way
) -> None:
    receiver = Receiver(HANG)
    port = await nursery.start(receiver.http)
    async with kept_connection(f"http://127.0.0.1:{port}/in", way) as connection:
        with pytest.raises(FetchError, match=r"no answer within 15 s"):
            await connection.post(b"x", {}, within=15)
        assert (await connection.post(b"y", {}, within=15)).status == 204
    assert receiver.connections == 2


async def test_through_a_proxy(nursery: trio.Nursery, authority: Authority, way: Way) -> None:
    certificate, key = authority.pair("far", "DNS:in.example.com")
    far = authority.server()
    far.load_cert_chain(certificate, key)
    receiver = Receiver()
    proxy = Proxy(await nursery.start(receiver.https, far))
    through = Way(f"http://127.0.0.1:{await nursery.start(proxy.serve)}", authorities=way.authorities)
    async with kept_connection("https://in.example.com/in", through) as connection:
        assert (await connection.post(b"x", {}, within=20)).status == 204
    assert proxy.heads[0].startswith("CONNECT in.example.com:443 ")
