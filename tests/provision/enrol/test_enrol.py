"""A box and its certificate: the first one, those after it, and everything that can go wrong on the way."""

import os
import shutil
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import trio

from appliance.provision.enrol import est, pair
from appliance.provision.enrol.due import EnrolError, enrol
from appliance.provision.place import Place
from appliance.runtime.fetch import Way, fetch
from tests.card.conftest import KEY, Box, box, new_box
from tests.provision.enrol.est_server import Est, Fault
from tests.provision.fleet_server import MACHINE, authority
from tests.runtime.https_server import Authority, Said, answer
from tests.some import some

__all__ = ["authority", "box", "new_box"]

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

DAY = 86_400.0
ROOM = f"""\
[fleet]
signers = ["{KEY}"]
[fleet.enrol]
url = "URL"
label = "rooms"
user = "box"
password = "only once"
[room]
name = "Neptune"
[terminal]
host = "192.0.2.20"
[mqtt]
host = "rooms.example.com"
site = "hq"
room = "neptune"
certificate = "/etc/offhook/fleet/box.pem"
key = "/etc/offhook/fleet/box.pem"
"""


@pytest.fixture
async def server(nursery: trio.Nursery, authority: Authority) -> Est:
    server = Est(authority, "box:only once")
    server.url = f"https://localhost:{await nursery.start(server.serve)}"
    return server


@pytest.fixture
def place(box: Box, server: Est) -> Place:
    for folder in ("etc/offhook", "run/systemd/timesync", "etc/credstore"):
        (box.root / folder).mkdir(parents=True)
    (box.root / "etc/machine-id").write_text(f"{MACHINE}\n")
    (box.root / "run/systemd/timesync/synchronized").touch()
    box.file.write_text(ROOM.replace("URL", server.url))
    return Place(box.boot, box.root, Way(authorities=server.authority.certificate))


def at(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """It is that many days later."""
    monkeypatch.setattr(Place, "now", lambda _: time.time() + days * DAY)


def own(place: Place) -> Path:
    return place.root / "etc/offhook/fleet/box.pem"


async def test_the_first_certificate(server: Est, place: Place) -> None:
    said = some(await enrol(place))
    assert said.startswith("certificate for hq/neptune until ")
    assert [asked.target for asked in server.asked] == [
        "/.well-known/est/rooms/simpleenroll",
        "/.well-known/est/rooms/cacerts",
    ]
    assert [asked.user for asked in server.asked] == ["box:only once", ""]
    assert [asked.name for asked in server.asked] == ["", "hq/neptune"]
    assert own(place).stat().st_mode & 0o777 == 0o640
    assert [path.name for path in own(place).parent.iterdir()] == ["box.pem"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
async def test_it_belongs_to_the_group_of_the_service(server: Est, place: Place) -> None:
    settings = place.root / "etc/offhook"
    os.chown(settings, -1, 12345)
    settings.chmod(0o750)
    await enrol(place)
    assert [path.stat().st_gid for path in (settings, own(place).parent, own(place))] == [12345] * 3
    assert [path.stat().st_mode & 0o777 for path in (settings, own(place).parent)] == [0o750] * 2


async def test_it_is_what_a_server_is_shown(server: Est, place: Place, nursery: trio.Nursery) -> None:
    await enrol(place)
    said = Said({"/": answer(b"well")})
    port = await nursery.start(said.https, server.authority.server(wants_certificate=True))
    way = msgspec.structs.replace(place.way, certificate=own(place), key=own(place))
    assert (await fetch(f"https://localhost:{port}/", within=30, way=way)).body == b"well"


async def test_the_password_is_kept_and_in_no_file_that_others_read(server: Est, place: Place, box: Box) -> None:
    await enrol(place)
    assert 'password = "(kept)"' in box.file.read_text()
    assert box.has("etc/credstore/offhook-fleet.password") == "only once\n"
    assert (box.root / "etc/credstore/offhook-fleet.password").stat().st_mode & 0o777 == 0o600
    names = [name for name, (content, _) in box.all().items() if b"only once" in bytes(str(content), "utf-8")]
    assert [Path(name).name for name in names] == ["offhook-fleet.password"]
    assert "only once" not in repr(some(place.reading().card.fleet))


async def test_nothing_is_due(server: Est, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await enrol(place)
    for days in (0.0, 5.9):
        at(monkeypatch, days)
        assert await enrol(place) is None
    monkeypatch.setattr(Place, "now", lambda _: None)  # a clock that nobody has set says nothing
    assert await enrol(place) is None
    assert len(server.asked) == 2


async def test_it_is_renewed_with_itself(server: Est, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await enrol(place)
    former = own(place).read_bytes()
    at(monkeypatch, 6.7)
    assert await enrol(place)
    assert server.operations()[2:] == ["simplereenroll", "cacerts"]
    assert [(asked.name, asked.user) for asked in server.asked[2:]] == [("hq/neptune", "")] * 2
    assert _keys(own(place).read_bytes()) != _keys(former)


async def test_boxes_do_not_renew_at_once(server: Est, place: Place) -> None:
    await enrol(place)
    has = some(await pair.in_force(place.root))
    moments = {has.renewed_from(f"{number:08x}" + "0" * 12) for number in range(0, 2**32, 2**28)}
    assert len(moments) == 16
    assert min(moments) == pytest.approx(has.begin + 0.6 * 10 * DAY, abs=1)
    assert max(moments) < has.begin + 0.66 * 10 * DAY


async def test_after_its_end_the_password_counts(server: Est, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await enrol(place)
    server.once, server.days = {"box:only once"}, 100
    at(monkeypatch, 11)
    assert await enrol(place)
    assert server.operations()[2:] == ["simpleenroll", "cacerts"]


async def test_another_name_is_another_certificate(server: Est, place: Place, box: Box) -> None:
    await enrol(place)
    server.once = {"box:only once"}
    box.file.write_text(box.file.read_text().replace('room = "neptune"', 'room = "pluto"'))
    assert "hq/pluto" in some(await enrol(place))
    assert server.operations()[2:] == ["simpleenroll", "cacerts"]


async def test_a_box_without_a_room_asks_only_by_a_name_of_its_own(server: Est, place: Place, box: Box) -> None:
    bare = box.file.read_text().partition("[room]")[0]
    box.file.write_text(bare)
    assert await enrol(place) is None
    assert server.asked == []
    box.file.write_text(f'{box.file.read_text()}name = "new"\n')
    assert "certificate for new until" in some(await enrol(place))


def _keys(content: bytes) -> bytes:
    return content.partition(b"-----BEGIN CERTIFICATE")[0].partition(b"-----BEGIN")[2]


def refused(_: bytes) -> bytes:
    return answer(b"used up", "401 Unauthorized")


def broken(_: bytes) -> bytes:
    return answer(b"<html>oops", "500 Internal Server Error", "Content-Type: text/html")


def undecided(_: bytes) -> bytes:
    return answer(b"", "202 Accepted", "Retry-After: 600")


def silent(_: bytes) -> bytes:
    return b""


def cut_off(said: bytes) -> bytes:
    return said[: len(said) // 2]


def garbage(_: bytes) -> bytes:
    return answer(b"\x00\xff<nothing>")


def nothing(_: bytes) -> bytes:
    return answer(b"")


def other_bytes(_: bytes) -> bytes:
    return answer(b"0\x82\x01\x00" + b"\x30" * 300)


def too_much(_: bytes) -> bytes:
    return answer(b"M" * (est.LARGEST + 1))


LATER = [pytest.param(operation, marks=pytest.mark.slow) for operation in ("simplereenroll", "cacerts")]
FAULTS: dict[Fault, str] = {
    refused: "the server refuses: used up; expected",
    broken: "status 500; expected a certificate",
    undecided: "not decided yet; the same is asked again",
    silent: "localhost:",
    cut_off: "localhost:",
    garbage: "no certificate; expected PKCS#7",
    nothing: "no certificate; expected PKCS#7",
    other_bytes: "no certificate; expected PKCS#7",
    too_much: "more than 65536 bytes",
}


@pytest.mark.parametrize("operation", ["simpleenroll", *LATER])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_whatever_goes_wrong_changes_nothing_and_is_tried_again(
    server: Est, place: Place, monkeypatch: pytest.MonkeyPatch, operation: str, fault: Fault
) -> None:
    if operation != "simpleenroll":
        await enrol(place)
        at(monkeypatch, 7)
    before = own(place).read_bytes() if own(place).exists() else None
    server.faults[operation] = fault
    if operation == "cacerts" and fault in {garbage, nothing, other_bytes}:
        assert await enrol(place)  # the server took the pair: what it says of its own authorities is not believed
        return
    words = FAULTS[fault] if operation != "cacerts" else ""
    with pytest.raises(EnrolError, match=f"{server.url}: .*{words}") as caught:
        await enrol(place)
    assert "only once" not in str(caught.value)
    assert (own(place).read_bytes() if own(place).exists() else None) == before
    waits = some(pair.next_key(place.root))
    server.faults.clear()
    server.once = {"box:only once"}
    assert await enrol(place)
    assert waits in own(place).read_bytes()


async def test_a_certificate_for_another_key(
    server: Est, place: Place, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _ = authority.pair("other")

    def mixed_up(request: Path) -> Path:
        assert request.exists()
        return other

    monkeypatch.setattr(server, "signed", mixed_up)
    with pytest.raises(EnrolError, match="2 certificates, none of them for the key of this box"):
        await enrol(place)
    monkeypatch.undo()
    server.once = {"box:only once"}
    assert await enrol(place)


async def test_a_server_that_does_not_answer(server: Est, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(est, "_WITHIN", 1.0)
    server.silent = True
    with pytest.raises(EnrolError, match=r"no answer within 1 s"):
        await enrol(place)


async def test_a_server_that_nobody_vouches_for(server: Est, place: Place) -> None:
    with pytest.raises(EnrolError, match="certificate verify failed"):
        await enrol(msgspec.structs.replace(place, way=Way()))
    assert server.asked == []


@pytest.mark.parametrize(("days", "when"), [(-400, "from"), (400, "to")])
async def test_a_clock_that_is_wrong_is_said(
    server: Est, place: Place, monkeypatch: pytest.MonkeyPatch, days: float, when: str
) -> None:
    at(monkeypatch, days)
    with pytest.raises(EnrolError, match=f"a certificate .*{when} .*; the clock of this box says"):
        await enrol(place)
    assert not own(place).exists()


async def test_a_clock_that_nobody_has_set_is_no_reason(
    server: Est, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Place, "now", lambda _: None)
    assert await enrol(place)


Step = Callable[..., object]


@pytest.mark.parametrize("step", ["keep_next_key", "put"])
async def test_the_power_goes_at_a_step(server: Est, place: Place, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    await enrol(place)
    before = own(place).read_bytes()
    at(monkeypatch, 7)

    def cut(*_: object) -> None:
        raise OSError(5, "the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(pair, step, cut)
        with pytest.raises(EnrolError, match="the power is gone"):
            await enrol(place)
    assert own(place).read_bytes() == before
    ssl.create_default_context().load_cert_chain(own(place))
    assert await enrol(place)
    assert own(place).read_bytes() != before


async def test_a_damaged_pair_is_none(server: Est, place: Place) -> None:
    await enrol(place)
    own(place).write_bytes(b"\x00")
    server.once = {"box:only once"}
    assert await enrol(place)


async def test_a_password_that_was_kept_elsewhere(server: Est, place: Place, box: Box) -> None:
    box.file.write_text(box.file.read_text().replace("only once", "(kept)"))
    with pytest.raises(EnrolError, match=r"the password is \(kept\), and this box has none"):
        await enrol(place)


async def test_an_authority_that_needs_no_password(server: Est, place: Place, box: Box) -> None:
    box.file.write_text(box.file.read_text().replace('password = "only once"\n', "").replace('user = "box"\n', ""))
    server.once = {""}
    assert await enrol(place)
