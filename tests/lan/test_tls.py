"""TLS as it should not be, and clients that take their time: each costs itself, and others are answered meanwhile."""

import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.panel.certificate import Pair
from appliance.runtime.web.connection import HEADER_TIME, IDLE_TIME, SEND_TIME, Stream
from appliance.runtime.web.guard import BODY_TIME
from appliance.runtime.web.places import MOST
from tests.lan.box import HOST, PORT, Lan, a_box, trusting
from tests.lan.network import BOX, GUESTS, needs_a_network

pytestmark = [pytest.mark.slow, *needs_a_network]

HELLO: Final = bytes.fromhex("1603010200010001fc0303")  # the first bytes of a handshake of 512
ODD: Final = {
    "nothing": b"",
    "plain HTTP": f"GET /state HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
    "half a handshake": HELLO,
    "a handshake of zeroes": HELLO + bytes(512),
    "a record that is too long": bytes.fromhex("160301ffff") + bytes(20_000),
    "an alert": bytes.fromhex("15030100020228"),
    "data before any handshake": bytes.fromhex("170303000548656c6c6f"),
    "SSL 2": bytes.fromhex("802e0100020015000000100100800200800300800400800500800600400700c0") + bytes(16),
    "SSH": b"SSH-2.0-OpenSSH_9.2\r\n",
    "no text": bytes(range(256)) * 8,
}


async def heard(said: bytes, guest: str) -> bytes:
    """What the box answers outside of TLS, until it closes."""
    stream = await trio.open_tcp_stream(BOX, PORT, local_address=guest)
    told = bytearray()
    async with stream:
        try:
            await stream.send_all(said)
            await stream.send_eof()
            while part := await stream.receive_some():
                told += part
        except trio.BrokenResourceError:
            pass
    return bytes(told)


async def test_what_is_no_tls_is_told_nothing(lan: Lan) -> None:
    with capture_logs() as logs, trio.fail_after(60):
        for number, (name, said) in enumerate(ODD.items()):
            told = await heard(said, GUESTS[number])
            assert (name, told == b"" or told[0] == 0x15) == (name, True)  # silence, or an alert
        assert (await lan.ask("/health")).status == 200
    assert [line for line in logs if line["log_level"] in {"warning", "error"}] == []


@pytest.mark.parametrize("offered", [["h2"], ["h2", "http/1.1"], ["spdy/1"], []], ids=str)
async def test_whatever_protocols_a_client_offers_it_is_http_1(lan: Lan, pair: Pair, offered: list[str]) -> None:
    lan.tls = trusting(pair)
    lan.tls.set_alpn_protocols(offered)
    assert (await lan.ask("/health")).status == 200


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
async def test_old_versions_are_refused(lan: Lan, pair: Pair, version: ssl.TLSVersion) -> None:
    lan.tls = trusting(pair)
    lan.tls.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="deprecated"):
        lan.tls.minimum_version = lan.tls.maximum_version = version
    with pytest.raises(trio.BrokenResourceError):
        await lan.ask("/health")


@asynccontextmanager
async def crowd(lan: Lan, says: bytes) -> AsyncIterator[list[Stream]]:
    """As many connections as there are places, each of another guest, each of which has said this much."""
    async with AsyncExitStack() as stack:
        streams = [await stack.enter_async_context(lan.open(GUESTS[number])) for number in range(MOST)]
        for stream in streams:
            await stream.send_all(says)
        yield streams


async def has_ended(stream: Stream) -> bool:
    """Whether the box has closed the connection, perhaps after an answer."""
    try:
        while await stream.receive_some():
            pass
    except trio.BrokenResourceError:
        pass
    return True


BODY: Final = (
    f"POST /login HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{{"
)
SLOW: Final = {
    "says nothing": (b"", HEADER_TIME),
    "half a head": (b"GET /state HTTP/1.1\r\nX-a: ", HEADER_TIME),
    "a body byte by byte": (BODY.encode(), BODY_TIME),
    "asks once, and stays": (f"GET /health HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(), IDLE_TIME),
}


@pytest.mark.parametrize(("says", "seconds"), SLOW.values(), ids=SLOW)
async def test_a_crowd_that_takes_its_time_keeps_nobody_out(
    lan: Lan, mock_clock: MockClock, says: bytes, seconds: float
) -> None:
    password = await lan.password()
    with trio.fail_after(300):
        async with crowd(lan, says) as streams:
            health = await lan.ask("/health", guest=GUESTS[200])
            assert health.status == 200
            if says != BODY.encode():  # those are at work, and keep their places until their time is over
                assert (await lan.log_in(password, GUESTS[201])).status == 200
            mock_clock.jump(seconds + SEND_TIME)
            assert all([await has_ended(stream) for stream in streams])
        assert (await lan.log_in(password, GUESTS[202])).status == 200


async def test_in_plain_nobody_logs_in_from_the_network(network: None, tmp_path: Path) -> None:
    async with a_box(None, "open") as lan:
        password = await lan.password()
        refused = await lan.log_in(password)
        assert (refused.status, "over HTTPS alone" in refused.json["error"]) == (403, True)
        assert (await lan.ask("/maintenance")).status == 403
        assert (await lan.ask("/state")).status == 200  # which is open, unless `view` says otherwise
