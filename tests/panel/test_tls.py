"""The page over HTTPS: real TLS over loopback, with the certificate that a box makes for itself."""

import os
import ssl
import subprocess
from pathlib import Path

import pytest
import trio
import trio.testing
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from appliance.panel.certificate import CertificateError, Pair, fingerprint, server_context
from appliance.panel.config import PanelConfig
from appliance.runtime.supervisor import Condition, Health, Service, Supervisor
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.server import serve_web
from appliance.services.pages.panel import WebService, web_service
from tests.panel.conftest import made_pair
from tests.runtime.web.client import SERVER_NAME, Address, get, left_after_its_grace
from tests.virtual_time import passes, real


async def hello(_request: Request) -> Response:
    return Response("hello")


async def huge(_request: Request) -> Response:
    return Response(bytes(64_000_000))


APP = web_app([Route(f"/{page.__name__}", page) for page in (hello, huge)])


@pytest.fixture
async def address(nursery: trio.Nursery, pair: Pair) -> Address:
    addresses: list[Address] = await nursery.start(serve_web, APP, "127.0.0.1:0", server_context(pair))
    return addresses[0]


async def test_a_client_that_trusts_the_certificate_gets_the_page(address: Address, trusting: ssl.SSLContext) -> None:
    answer = await get(address, "/hello", tls=trusting)
    assert (answer.status, answer.body) == (200, b"hello")


async def test_an_answer_arrives_whole_though_the_body_was_not_read(address: Address, trusting: ssl.SSLContext) -> None:
    """As of a client that sends all of a body that is refused by its length, and listens then."""
    head = b"POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n"
    with trio.fail_after(real(20)):
        stream = trio.SSLStream(
            await trio.open_tcp_stream(*address), trusting, server_hostname=SERVER_NAME, https_compatible=True
        )
        async with stream:
            await stream.send_all(head + bytes(100_000))
            answer = bytes(await stream.receive_some())
            await trio.testing.wait_all_tasks_blocked(0.01)
            await stream.send_all(bytes(200_000))
            answer += b"".join([bytes(part) async for part in stream])
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"too large" in answer


async def test_a_stranger_is_not_believed_and_costs_nothing_else(address: Address, trusting: ssl.SSLContext) -> None:
    with capture_logs() as logs, pytest.raises(trio.BrokenResourceError):
        await get(address, "/hello", tls=ssl.create_default_context())
    assert (await get(address, "/hello", tls=trusting)).status == 200
    assert logs == []


async def test_whoever_speaks_plain_http_is_told_nothing(address: Address) -> None:
    with trio.fail_after(real(5)):
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            said = b"".join([part async for part in stream])
    assert b"HTTP" not in said
    assert b"hello" not in said


async def test_versions_before_tls_1_2_are_refused(pair: Pair) -> None:
    assert server_context(pair).minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.fixture
def slow_clock() -> trio.testing.MockClock:
    return trio.testing.MockClock(autojump_threshold=real(0.05))


async def test_whoever_says_nothing_is_not_waited_for(slow_clock: trio.testing.MockClock, address: Address) -> None:
    with trio.fail_after(real(12)):
        async with await trio.open_tcp_stream(*address) as stream:
            assert await stream.receive_some() == b""


async def test_ends_in_time_whatever_clients_do(
    mock_clock: trio.testing.MockClock, pair: Pair, trusting: ssl.SSLContext
) -> None:
    async with trio.open_nursery() as nursery:
        (address,) = await nursery.start(serve_web, APP, "127.0.0.1:0", server_context(pair))
        raw = await trio.open_tcp_stream(*address)
        async with trio.SSLStream(raw, trusting, server_hostname=SERVER_NAME, https_compatible=True) as stream:
            await stream.send_all(b"GET /huge HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            await stream.receive_some(1)
            left = await left_after_its_grace(nursery, mock_clock)
    assert not left


def other_key(pair: Pair, folder: Path) -> Pair:
    return Pair(pair.certificate, made_pair(folder / "other").key)


def locked_key(pair: Pair, folder: Path) -> Pair:
    key = folder / "locked.pem"
    command: list[str | Path] = ["openssl", "pkey", "-in", pair.key, "-aes256", "-passout", "pass:secret", "-out", key]
    subprocess.run(command, check=True, timeout=10)
    return Pair(pair.certificate, key)


def a_pipe(pair: Pair, folder: Path) -> Pair:
    os.mkfifo(folder / "pipe")
    return Pair(pair.certificate, folder / "pipe")


def nonsense(pair: Pair, folder: Path) -> Pair:
    (folder / "nonsense").write_text("-----BEGIN CERTIFICATE-----\nnonsense\n")
    return Pair(folder / "nonsense", pair.key)


def no_certificate(pair: Pair, folder: Path) -> Pair:
    return Pair(folder / "missing", pair.key)


def no_key(pair: Pair, folder: Path) -> Pair:
    return Pair(pair.certificate, folder / "missing")


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        (other_key, "key .*other/.* is not the key of certificate .*machine/"),
        (locked_key, "locked.pem: .*the key without a passphrase"),
        (a_pipe, "key .*pipe: no such file"),
        (nonsense, "certificate .*nonsense with key .*; expected both PEM"),
        (no_certificate, "certificate .*missing: no such file"),
        (no_key, "key .*missing: no such file"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_a_pair_that_cannot_be_used_is_named_and_nothing_listens(
    pair: Pair, tmp_path: Path, spoilt: object, complaint: str
) -> None:
    assert callable(spoilt)
    bound: list[str] = []
    service = WebService(APP, "127.0.0.1:0", bound.append, spoilt(pair, tmp_path))
    with trio.fail_after(real(5)), pytest.raises(CertificateError, match=complaint):
        await service.run(task_status=trio.TASK_STATUS_IGNORED)
    assert bound == []


def test_a_file_without_a_certificate_has_no_fingerprint(pair: Pair) -> None:
    with pytest.raises(CertificateError, match="no certificate in it"):
        fingerprint(pair.key)


def test_the_fingerprint_is_what_other_programs_say(pair: Pair) -> None:
    command: list[str | Path] = ["openssl", "x509", "-in", pair.certificate, "-noout", "-fingerprint", "-sha256"]
    said = subprocess.run(
        [str(word) for word in command], check=True, capture_output=True, text=True, timeout=10
    ).stdout
    assert said.strip().partition("=")[2] == fingerprint(pair.certificate)


async def test_the_page_is_offline_until_the_pair_is_there(
    tmp_path: Path, autojump_clock: trio.testing.MockClock, nursery: trio.Nursery
) -> None:
    machine = tmp_path / "machine"
    place = machine / "etc/offhook/tls"
    config = PanelConfig(listen="127.0.0.1:0", certificate=str(place / "certificate.pem"), key=str(place / "key.pem"))
    heard: list[Health] = []
    supervisor = Supervisor(
        [Service("panel", web_service(APP, config).run)],
        report=lambda _name, health: heard.append(health),
        expected=(CertificateError,),
    )
    with capture_logs() as logs:
        await nursery.start(supervisor.run)
        await passes(120)
        assert heard[-1] == Health(Condition.OFFLINE, f"certificate {config.certificate}: no such file")
        pair = made_pair(machine)
        await passes(120)
    assert heard[-1].condition is Condition.READY
    (ready,) = [line for line in logs if line["event"] == "web_ready"]
    assert ready["url"].startswith("https://127.0.0.1:")
    assert ready["certificate_sha256"] == fingerprint(pair.certificate)
    assert len([line for line in logs if "no such file" in str(line)]) == 1
    assert not set(pair.key.read_text().splitlines()) & set(str(logs).split())
    nursery.cancel_scope.cancel()


async def test_the_key_may_be_a_credential(
    pair: Pair, tmp_path: Path, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch, trusting: ssl.SSLContext
) -> None:
    pair.key.rename(tmp_path / "offhook.tls_key")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    config = PanelConfig(listen="127.0.0.1:0", certificate=str(pair.certificate), key="credential:offhook.tls_key")
    with capture_logs() as logs:
        await nursery.start(web_service(APP, config).run)
    port = int(logs[0]["url"].rstrip("/").rpartition(":")[2])
    assert (await get(("127.0.0.1", port), "/hello", tls=trusting)).status == 200
    nursery.cancel_scope.cancel()
