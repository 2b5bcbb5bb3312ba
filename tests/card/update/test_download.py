"""Bundles come over real HTTPS: whole, in parts, slowly, wrong, and not at all."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import trio

from appliance.card.update import download
from appliance.card.update.command import Failed
from appliance.card.update.download import SPARE, Wanted, check_room, copy, drop
from appliance.runtime.fetch import Way
from tests.card.update.conftest import needs_openssl
from tests.runtime.https_server import Authority, Said, answer, head_of

pytestmark = [needs_openssl]
CONTENT = os.urandom(700_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Ranges(Said):
    """A server that sends the part that is asked for, and ends after `most` bytes of it."""

    def __init__(self, content: bytes = CONTENT) -> None:
        super().__init__()
        self.content = content
        self.most = len(content)
        self.knows_ranges = True

    async def serve(self, stream: trio.abc.Stream) -> None:
        async with stream:
            head = await head_of(stream)
            self.heads.append(head)
            first = next((line for line in head.lower().splitlines() if line.startswith("range: bytes=")), "")
            begin = int(first[13:].rstrip("-")) if first and self.knows_ranges else 0
            part = self.content[begin:]
            status, *more = ("206 Partial Content", f"Content-Range: bytes {begin}-{len(self.content) - 1}/*")
            if not (first and self.knows_ranges):
                status, more = "200 OK", []
            if begin > len(self.content):
                status, more, part = "416 Range Not Satisfiable", [], b""
            said = answer(part, status, *more)
            await stream.send_all(said[: len(said) - len(part) + self.most])


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls") / "authority")


@pytest.fixture
def way(authority: Authority) -> Way:
    return Way(authorities=authority.certificate)


@pytest.fixture
async def server(nursery: trio.Nursery, authority: Authority) -> Ranges:
    said = Ranges()
    said.answers["port"] = str(await nursery.start(said.https, authority.server())).encode()
    return said


def wanted(server: Said, **other: object) -> Wanted:
    fields = {"size": len(CONTENT), "sha256": DIGEST} | other
    return Wanted(f"https://localhost:{server.answers['port'].decode()}/bundles/x.raucb", **fields)  # type: ignore[arg-type]  # what a test changes


async def refused(server: Said, into: Path, way: Way, **other: object) -> str:
    with pytest.raises(Failed) as caught:
        await download.download(wanted(server, **other), into, way)
    assert not await trio.Path(into).exists()
    return str(caught.value)


async def test_a_bundle_comes_whole(server: Ranges, tmp_path: Path, way: Way) -> None:
    await download.download(wanted(server), tmp_path / "bundle", way)
    assert (tmp_path / "bundle").read_bytes() == CONTENT
    assert [path.name for path in await trio.Path(tmp_path).iterdir()] == ["bundle"]


async def test_it_goes_on_where_it_stopped(server: Ranges, tmp_path: Path, way: Way) -> None:
    server.most = 300_000
    assert "cannot be fetched" in await refused(server, tmp_path / "bundle", way)
    have = (tmp_path / "bundle.part").stat().st_size
    assert 200_000 < have <= 300_000
    server.most = len(CONTENT)
    await download.download(wanted(server), tmp_path / "bundle", way)
    assert f"range: bytes={have}-" in server.heads[1].lower()
    assert (tmp_path / "bundle").read_bytes() == CONTENT


async def test_a_server_that_knows_no_parts_begins_again(server: Ranges, tmp_path: Path, way: Way) -> None:
    server.most = 300_000
    await refused(server, tmp_path / "bundle", way)
    server.most, server.knows_ranges = len(CONTENT), False
    await download.download(wanted(server), tmp_path / "bundle", way)
    assert (tmp_path / "bundle").read_bytes() == CONTENT


async def test_what_is_here_whole_is_not_fetched_again(server: Ranges, tmp_path: Path, way: Way) -> None:
    (tmp_path / "bundle.part").write_bytes(CONTENT)
    (tmp_path / "bundle.part.of").write_text(DIGEST)
    await download.download(wanted(server), tmp_path / "bundle", way)
    assert server.heads == []


async def test_a_part_of_another_bundle_is_dropped(server: Ranges, tmp_path: Path, way: Way) -> None:
    (tmp_path / "bundle.part").write_bytes(b"other" * 1000)
    (tmp_path / "bundle.part.of").write_text("0" * 64)
    await download.download(wanted(server), tmp_path / "bundle", way)
    assert "range:" not in server.heads[0].lower()


async def test_a_part_that_is_no_part_of_it_is_noticed_and_dropped(server: Ranges, tmp_path: Path, way: Way) -> None:
    (tmp_path / "bundle.part").write_bytes(b"x" * 1000)
    (tmp_path / "bundle.part.of").write_text(DIGEST)
    assert "not what it should be" in await refused(server, tmp_path / "bundle", way)
    await download.download(wanted(server), tmp_path / "bundle", way)
    assert (tmp_path / "bundle").read_bytes() == CONTENT


async def test_another_part_than_was_asked_for_is_refused(server: Ranges, tmp_path: Path, way: Way) -> None:
    (tmp_path / "bundle.part").write_bytes(CONTENT[:500])
    (tmp_path / "bundle.part.of").write_text(DIGEST)
    said = Said(
        {"/bundles/x.raucb": answer(CONTENT[7:], "206 Partial Content", "Content-Range: bytes 7-699999/700000")}
    )
    server.serve = said.serve  # type: ignore[method-assign]  # answers as the other one
    assert "another part than was asked for" in await refused(server, tmp_path / "bundle", way)
    assert (tmp_path / "bundle.part").read_bytes() == CONTENT[:500]


# the library leaves a generator of its own to the garbage collector, where we stop before the end
@pytest.mark.filterwarnings("ignore:Async generator.*PoolByteStream:ResourceWarning")
@pytest.mark.parametrize("content", [CONTENT + b"x", CONTENT[:-1] + b"x"], ids=["longer", "changed"])
async def test_what_is_not_what_was_signed_is_refused(server: Ranges, tmp_path: Path, way: Way, content: bytes) -> None:
    server.content, server.most = content, len(content)
    await refused(server, tmp_path / "bundle", way)


async def test_a_shorter_file_than_was_said_is_refused(server: Ranges, tmp_path: Path, way: Way) -> None:
    server.content = CONTENT[:-1]
    assert "ended early" in await refused(server, tmp_path / "bundle", way)


async def test_a_certificate_that_nobody_vouches_for_is_refused(server: Ranges, tmp_path: Path) -> None:
    assert "certificate verify failed" in await refused(server, tmp_path / "bundle", Way())
    assert not any(server.heads), "it has asked for something"


async def test_a_redirect_to_clear_text_is_refused(
    server: Ranges, tmp_path: Path, way: Way, nursery: trio.Nursery
) -> None:
    clear = Ranges()
    port = await nursery.start(clear.http)
    said = Said({"/bundles/x.raucb": answer(b"", "302 Found", f"Location: http://localhost:{port}/x")})
    server.serve = said.serve  # type: ignore[method-assign]  # answers as the other one
    assert "not encrypted" in await refused(server, tmp_path / "bundle", way)
    assert clear.heads == []


async def test_what_there_is_not_is_said(server: Ranges, tmp_path: Path, way: Way) -> None:
    server.serve = Said().serve  # type: ignore[method-assign]  # as above
    assert "HTTP 404" in await refused(server, tmp_path / "bundle", way)


@pytest.mark.slow
async def test_a_server_that_stalls_is_given_up(
    server: Ranges, tmp_path: Path, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "STALLED", 5.0)

    async def stall(stream: trio.abc.Stream) -> None:
        await head_of(stream)
        await stream.send_all(answer(CONTENT)[:100_000])
        await trio.sleep_forever()

    server.serve = stall  # type: ignore[method-assign]  # as above
    assert "no answer within 5 s" in await refused(server, tmp_path / "bundle", way)
    assert (tmp_path / "bundle.part").stat().st_size > 50_000


def test_a_disk_without_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = os.statvfs(tmp_path)
    free = there.f_bavail * there.f_frsize
    check_room(tmp_path, free - SPARE - (256 << 20))
    with pytest.raises(Failed, match=r"\d+ MB are needed, \d+ MB are free"):
        check_room(tmp_path, free + 1)


def test_what_somebody_brings_is_copied(tmp_path: Path) -> None:
    (tmp_path / "stick").write_bytes(CONTENT)
    copy(tmp_path / "stick", tmp_path / "bundle")
    assert (tmp_path / "bundle").read_bytes() == CONTENT
    drop(tmp_path / "bundle")
    assert [path.name for path in tmp_path.iterdir()] == ["stick"]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.symlink_to("/etc/hostname"),
        os.mkfifo,
        lambda path: path.mkdir(),
        lambda path: path.touch(),
        str,
    ],
    ids=["link", "pipe", "folder", "empty", "missing"],
)
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "stick")
    with pytest.raises(Failed):
        copy(tmp_path / "stick", tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()
