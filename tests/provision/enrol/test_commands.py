"""`offhook fleet enrol` and `pull`, as a person and the unit run them."""

import contextlib
import shutil
import ssl
import time
from pathlib import Path

import msgspec
import pytest
import trio
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.provision.enrol.due import enrol
from appliance.provision.enrol.pair import PAIR
from appliance.provision.place import Place, PullError, Unreached
from appliance.provision.pull import pull
from tests.card.conftest import KEY, Box, box, new_box
from tests.provision.enrol.est_server import Est
from tests.provision.enrol.test_enrol import place, server
from tests.provision.fleet_server import MACHINE, Server, authority
from tests.provision.test_sealed import BOX
from tests.runtime.https_server import Authority
from tests.some import some

__all__ = ["authority", "box", "new_box", "place", "server"]

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def offhook(box: Box, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["fleet", *words, "--boot", str(box.boot), "--root", str(box.root)])
    return done.exit_code, done.output


@pytest.fixture
def alone(box: Box) -> Box:
    """A box whose servers are nowhere."""
    (box.root / "etc").mkdir()
    (box.root / "etc/machine-id").write_text(MACHINE)
    box.file.write_text(f'[fleet]\nurl = "https://localhost:1"\nsigners = ["{KEY}"]\n')
    return box


def test_where_nobody_gives_certificates_nothing_is_due(alone: Box) -> None:
    assert offhook(alone, "enrol") == (0, "nothing is due\n")


def test_why_there_is_none_is_said(alone: Box) -> None:
    with alone.file.open("a") as file:
        file.write('[fleet.enrol]\nurl = "https://localhost:1"\nname = "n"\npassword = "only once"\n')
    code, said = offhook(alone, "enrol")
    assert (code, said.startswith("no certificate: https://localhost:1: localhost:1: ")) == (3, True)
    assert "only once" not in said
    assert "only once" not in alone.file.read_text()


def test_a_look_goes_on_without_a_certificate(alone: Box) -> None:
    with alone.file.open("a") as file:
        file.write('[fleet.enrol]\nurl = "https://localhost:1"\nname = "n"\n')
    code, said = offhook(alone, "pull")
    assert [line.partition(": ")[0] for line in said.splitlines()] == ["no certificate", "localhost:1"]
    assert code == 3


async def test_a_server_that_wants_to_know_who_asks(
    server: Est, place: Place, authority: Authority, nursery: trio.Nursery, box: Box, tmp_path: Path
) -> None:
    web = Server(authority, tmp_path)
    port = await nursery.start(web.said.https, authority.server(wants_certificate=True))
    web.url = f"https://localhost:{port}"
    text = box.file.read_text().replace("[fleet.enrol]", f'url = "{web.url}"\n[fleet.enrol]')
    box.file.write_text(text.replace(KEY, web.signer))
    await web.offer(web.room())
    with pytest.raises(Unreached):
        await pull(place)
    assert await enrol(place)
    assert some(await pull(place)).mistakes == ()
    assert f"/{BOX}.room" in web.said.heads[-1]


@pytest.mark.parametrize("damage", [True, False])
async def test_a_pair_that_is_over_or_damaged_locks_no_box_out(
    server: Est,
    place: Place,
    authority: Authority,
    nursery: trio.Nursery,
    box: Box,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: bool,  # a parameter of the test
) -> None:
    assert await enrol(place)
    web, shown = Server(authority, tmp_path), list[object]()
    tls = authority.server()
    tls.verify_mode = ssl.CERT_OPTIONAL
    serve = web.said.serve

    async def seen(stream: trio.abc.Stream) -> None:
        assert isinstance(stream, trio.SSLStream)
        await stream.do_handshake()
        shown.append(stream.getpeercert())
        await serve(stream)

    monkeypatch.setattr(web.said, "serve", seen)
    web.url = f"https://localhost:{await nursery.start(web.said.https, tls)}"
    box.file.write_text(f'[fleet]\nurl = "{web.url}"\nsigners = ["{web.signer}"]\n')
    await web.offer(web.room())
    if damage:
        (place.root / PAIR).write_bytes(b"damaged")
    else:
        monkeypatch.setattr(Place, "now", lambda _: time.time() + 11 * 86_400)
    with contextlib.suppress(PullError):  # 11 days from now the file is over, too
        await pull(place)
    assert shown == [None]


async def test_a_password_that_came_with_the_room_is_not_on_the_card(
    server: Est, place: Place, authority: Authority, nursery: trio.Nursery, box: Box, tmp_path: Path
) -> None:
    web = Server(authority, tmp_path)
    web.url = f"https://localhost:{await nursery.start(web.said.https, authority.server())}"
    box.file.write_text(f'[fleet]\nurl = "{web.url}"\nsigners = ["{web.signer}"]\n')
    await web.offer(f'{web.room()}\n[fleet.enrol]\nurl = "{server.url}"\nuser = "box"\npassword = "only once"\n')
    assert some(await pull(place)).mistakes == ()
    assert "only once" not in box.file.read_text()
    assert "only once" not in some(box.has("etc/offhook/room.toml"))
    assert f"certificate for {BOX} until" in some(await enrol(msgspec.structs.replace(place)))
    assert await pull(place) is None
