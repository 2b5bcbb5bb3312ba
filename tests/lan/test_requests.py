"""Requests as no browser of the house sends them: each is answered or refused, tells nothing, and fails nowhere."""

import re
from collections.abc import Mapping
from typing import Final

import pytest
from structlog.testing import capture_logs

from tests.lan.box import HOST, JSON, Lan
from tests.lan.network import BOX_6, needs_a_network

pytestmark = [pytest.mark.slow, *needs_a_network]

REFUSED: Final = {400, 401, 403, 404, 405, 408, 411, 413, 414, 415, 421, 431, 501, 505}
"""What a request that is not as it should be is answered with; none of these tells anything of the room."""
MADE_OF: Final = (b"root:x:", b"-----BEGIN", b"Traceback", b"def ", b"Anna")
"""What would stand in an answer that tells too much: a file of the machine, a key, the program, people."""


def head(line: str, *headers: str, host: str = HOST) -> bytes:
    return "\r\n".join((line, f"Host: {host}", *headers, "Connection: close", "", "")).encode("latin-1")


TRICKS: Final = (
    *("/../../../../etc/passwd", "/panel/static/../../config.py", "/panel/static/..%2f..%2fconfig.py"),
    *("/panel/static/%2e%2e/%2e%2e/config.py", "/panel/static//etc/passwd", "/panel/static/%00panel.js"),
    *("/panel/static/panel.js%00.html", "/panel/static/....//....//config.py", "/api/v1/static/../../who.py"),
    *("/panel/static/\\..\\..\\config.py", "/panel/place/-1.jpg", "/panel/place/99999999999999999999.jpg"),
    *("/maintenance/", "/maintenance//", "//maintenance", "/./maintenance", "/MAINTENANCE", "/maintenance;a=b"),
    *("/maintenance/log/lines?least=nobody", "/%6daintenance", "/state/", "/state%2f", "/state%00", "/;/state"),
    *("/api/v1/../../state", "/api/v1/audit/", "/api/v1//audit", "/api/v1/audit%20", "/api/v1/%61udit"),
)

STRANGE: Final[Mapping[str, bytes]] = {
    "TRACE": head("TRACE / HTTP/1.1", "Cookie: secret=1"),
    "CONNECT": head("CONNECT 127.0.0.1:22 HTTP/1.1"),
    "OPTIONS": head("OPTIONS /state HTTP/1.1", "Access-Control-Request-Method: POST"),
    "PROPFIND": head("PROPFIND / HTTP/1.1"),
    "PUT": head("PUT /state HTTP/1.1", "Content-Length: 0"),
    "DELETE": head("DELETE /login HTTP/1.1"),
    "POST where one reads": head("POST /state HTTP/1.1", "Content-Type: application/json", "Content-Length: 2") + b"{}",
    "a whole address": head("GET http://127.0.0.1:22/state HTTP/1.1"),
    "somebody else's address": head("GET https://example.com/ HTTP/1.1"),
    "no host": b"GET /state HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": head("GET /state HTTP/1.1", "Host: evil.example.com"),
    "two lengths": head("POST /login HTTP/1.1", "Content-Length: 2", "Content-Length: 3") + b"{}",
    "a length and chunks": head("POST /login HTTP/1.1", "Content-Length: 2", "Transfer-Encoding: chunked")
    + b"0\r\n\r\n",
    "a length below nothing": head("POST /login HTTP/1.1", "Content-Length: -1"),
    "a length that is none": head("POST /login HTTP/1.1", "Content-Length: 0x10"),
    "a length without end": head("POST /login HTTP/1.1", "Content-Type: application/json", f"Content-Length: {10**30}"),
    "chunks of a form of its own": head("POST /login HTTP/1.1", "Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n",
    "an odd chunk": head("POST /login HTTP/1.1", "Transfer-Encoding: chunked") + b"zz\r\n{}\r\n0\r\n\r\n",
    "a space before the colon": head("GET /state HTTP/1.1", "Authorization : Bearer x"),
    "a folded line": head("GET /state HTTP/1.1", "Authorization: Bearer", " x"),
    "a bare line end": b"GET /state HTTP/1.1\nHost: " + HOST.encode() + b"\n\n\x00\x01",
    "a zero byte": head("GET /state HTTP/1.1", "Authorization: Bearer \x00"),
    "HTTP/0.9": b"GET /state\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/1.9": head("GET /state HTTP/1.9"),
    "HTTP/3.0": head("GET /state HTTP/3.0"),
    "SSH": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "TLS in TLS": bytes.fromhex("16030100c8010000c40303") + bytes(40) + b"\r\n\r\n",
    "nothing that is text": bytes(range(128, 256)) * 4 + b"\r\n\r\n",
    "a path of 20 KiB": head("GET /" + "a" * 20_480 + " HTTP/1.1"),
    "a header of 20 KiB": head("GET /state HTTP/1.1", "Cookie: " + "a" * 20_480),
    "a thousand headers": head("GET /state HTTP/1.1", *(f"X-{number}: {'a' * 16}" for number in range(1000))),
    "a header's name of 20 KiB": head("GET /state HTTP/1.1", "X" * 20_480 + ": 1"),
    "a hundred cookies": head(
        "GET /state HTTP/1.1", *("Cookie: __Host-offhook=a; offhook-panel=b" for _ in range(100))
    ),
    "another site's page": head("GET /state HTTP/1.1", "Origin: https://evil.example.com"),
    "a page of nowhere": head("GET /state HTTP/1.1", "Origin: null"),
    "the same address over HTTP": head("POST /login HTTP/1.1", f"Origin: http://{HOST}.evil.example.com"),
    "who says to be the box": head("GET /state HTTP/1.1", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1"),
    "who says to be a proxy": head("GET /state HTTP/1.1", "X-Real-IP: 127.0.0.1", "X-Remote-User: maintainer"),
    "another path by a header": head("GET /health/no HTTP/1.1", "X-Original-URL: /state", "X-Rewrite-URL: /state"),
    "another method by a header": head("GET /login/out HTTP/1.1", "X-HTTP-Method-Override: POST"),
    "an upgrade to HTTP/2": head("GET /state HTTP/1.1", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
    "a range": head("GET /state HTTP/1.1", "Range: bytes=0-1," * 200 + "2-3"),
}

HOSTS: Final = (
    *("evil.example.com", "evil.example.com:8443", "192.0.2.7.evil.example.com", "localhost.evil.example.com"),
    *("evil.example.com@192.0.2.7", "192.0.2.7@evil.example.com", "[::1", "[2001:db8::1]evil", "xn--80ak6aa92e.com"),
    *("0x7f.1.evil", "evil\\.local", "", " ", "a" * 300, "192.0.2.7, evil.example.com", "evil.example.com#192.0.2.7"),
)


def statuses(said: bytes) -> list[int]:
    """The status of each answer; none where the box has only hung up."""
    lines = [line for line in said.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
    return [int(line.split(b" ")[1]) for line in lines]


def check(name: str, said: bytes) -> None:
    assert said == b"" or said.startswith(b"HTTP/1.1 "), name
    sent_on = set(re.findall(rb"(?m)^location: (.*)\r$", said))  # to the same page, without a slash too many
    assert all(place.startswith(b"https://%s/" % HOST.encode()) for place in sent_on), name
    assert set(statuses(said)) - ({307} if sent_on else set()) <= REFUSED, (name, said[:300])
    assert [part for part in MADE_OF if part in said] == [], name


async def test_nothing_strange_is_served_or_fails(lan: Lan) -> None:
    with capture_logs() as logs:
        for name, said in STRANGE.items():
            check(name, await lan.says(said))
        assert (await lan.ask("/health")).status == 200
    assert [line for line in logs if line["log_level"] in {"warning", "error"}] == []


async def test_no_path_leads_elsewhere(lan: Lan) -> None:
    with capture_logs() as logs:
        for path in TRICKS:
            check(path, await lan.says(head(f"GET {path} HTTP/1.1")))
    assert [line for line in logs if line["log_level"] in {"warning", "error"}] == []


async def test_only_our_own_names_are_answered(lan: Lan) -> None:
    for host in HOSTS:
        for path in ("/health", "/login", "/api/v1/openapi.json", "/panel", "/maintenance"):
            said = await lan.says(head(f"GET {path} HTTP/1.1", host=host))
            assert statuses(said) in ([421], [400]), (host, path, said[:200])
    for host in (HOST, "localhost", f"[{BOX_6}]:8443", "10.1.2.3:8443"):
        assert statuses(await lan.says(head("GET /health HTTP/1.1", host=host))) == [200], host


async def test_nobody_is_sent_to_another_site_after_logging_in(lan: Lan) -> None:
    for to in ("//evil.example.com", "https://evil.example.com", "/\\evil.example.com", "javascript:alert(1)"):
        page = (await lan.ask(f"/login?to={to}")).body.decode()
        assert "evil.example.com" not in page
        assert "javascript:alert" not in page


async def test_a_password_is_taken_in_one_form_only(lan: Lan) -> None:
    password = (await lan.password()).encode()
    for kind, body in {
        "application/x-www-form-urlencoded": b"password=" + password,
        "text/plain": b'{"password": "%s"}' % password,
        "multipart/form-data; boundary=a": b'--a\r\nContent-Disposition: form-data; name="password"\r\n\r\n' + password,
    }.items():
        refused = await lan.ask("/login", "POST", body, {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"})
        assert refused.status == 415
        assert "set-cookie" not in refused.headers
    for body in (
        b"",
        b"null",
        b"[]",
        b'{"password": null}',
        b'{"password": ["%s"]}' % password,
        b"\xff",
        b"[" * 60_000,
    ):
        assert (await lan.ask("/login", "POST", body, JSON)).status == 400
    assert (await lan.ask("/login", "POST", b'{"password": "%s"}' % (b"a" * 1001), JSON)).status == 400
    assert (await lan.ask("/login", "POST", b'{"password": "%s"}' % (b"a" * 65_536), JSON)).status == 413
    assert (await lan.log_in(password.decode())).status == 200
