"""A body of 1 GB, really sent to every path that takes one: it is refused at once, and costs no memory.

The body is a sparse file, which the kernel sends; of chunks only the zeros in them are not. What the process has needed
at most is the kernel's own count (`VmHWM`).
"""

import http.client
import os
import re
import select
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from starlette.routing import BaseRoute, Mount, Route

from appliance.config.load import parse
from appliance.run.pages.status import pages_of
from appliance.run.parts import Parts
from appliance.services.box.hardware import Hardware
from tests.demo.browser import Server, served
from tests.panel.machine_server import TEXT

WHOLE: Final = 1 << 30
ON_ITS_WAY: Final = 8 << 20  # bytes that lie in sockets when the refusal comes
KEPT: Final = 16 << 20  # bytes that all requests together may have needed; a room.toml has the most of them
PIECE: Final = 1 << 20
FILES: Final = ("/maintenance/machine/restore", "/api/v1/machine/restore")


def taking(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Yields every method and path that takes a body."""
    for route in routes:
        if isinstance(route, Mount):
            yield from taking(route.routes, before + route.path)
        elif isinstance(route, Route):
            path = re.sub(r"\{[^}]*\}", "x", before + route.path)
            yield from ((method, path) for method in sorted((route.methods or set()) - {"GET", "HEAD"}))


ASKED: Final = sorted(taking(pages_of(Parts(parse(TEXT, Path("room.toml")), Hardware())).app.routes))


@pytest.fixture(scope="module")
def box() -> Iterator[Server]:
    with served(module="tests.panel.machine_server") as server:
        yield server


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "sparse"
    with path.open("wb") as file:
        file.truncate(WHOLE)
    return path


class Refusal(NamedTuple):
    status: int
    sent: int


def sent(box: Server, method: str, path: str, sparse: Path, *, chunked: bool) -> Refusal:
    """Sends all of it until there is an answer, and listens meanwhile as browsers do."""
    host, port = box.address.split(":")
    kind = "application/octet-stream" if path in FILES else "application/json"
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {WHOLE}"
    head = (f"{method} {path} HTTP/1.1", f"Host: {box.address}", f"Content-Type: {kind}", length, "", "")
    with socket.create_connection((host, int(port)), timeout=20) as connection, sparse.open("rb") as file:
        connection.sendall("\r\n".join(head).encode())
        done = 0
        while done < WHOLE and not select.select([connection], [], [], 0)[0]:
            try:
                done += _chunk(connection) if chunked else os.sendfile(connection.fileno(), file.fileno(), done, PIECE)
            except BlockingIOError:
                select.select([connection], [connection], [], 20)
            except ConnectionError:
                break
        answer = http.client.HTTPResponse(connection, method=method)
        answer.begin()
        return Refusal(answer.status, done)


def _chunk(connection: socket.socket) -> int:
    connection.sendall(b"%x\r\n%s\r\n" % (PIECE, bytes(PIECE)))
    return PIECE


def needed(box: Server) -> int:
    """The most that the process has needed so far, in bytes."""
    status = Path(f"/proc/{box.process.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024


def test_every_path_is_asked() -> None:
    assert set(FILES) <= {path for _, path in ASKED}
    assert {"/login", "/panel/pair", "/maintenance/parts/try"} & {path for _, path in ASKED}
    assert len(ASKED) > 15


@pytest.mark.slow
@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
def test_a_body_of_1_gb_is_refused_at_once_and_costs_no_memory(
    box: Server, sparse: Path, chunked: bool
) -> None:  # a parameter of the test
    before = needed(box)
    for method, path in ASKED:
        status, done = sent(box, method, path, sparse, chunked=chunked)
        assert status == (411 if chunked and path in FILES else 413), (method, path)
        assert done <= ON_ITS_WAY + (KEPT if chunked else 0), (method, path)
    assert needed(box) - before <= KEPT
