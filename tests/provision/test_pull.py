"""A box fetches its own file from a real web server over TLS, and takes it or goes on with what it has."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from appliance.card.stamp import stamp
from appliance.cli.main import main
from appliance.config.load import load
from appliance.provision.place import Place, PullError, Unreached
from appliance.provision.pull import pull
from appliance.runtime.fetch import Way
from appliance.services.mqtt.here import machine_here
from tests.card.conftest import KEY, Box, box, new_box
from tests.provision.fleet_server import MACHINE, Server, authority, place, server
from tests.provision.test_sealed import BOX, age_key_in, key_in
from tests.runtime.https_server import answer
from tests.some import some

__all__ = ["authority", "box", "new_box", "place", "server"]

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None or shutil.which("openssl") is None, reason="ssh-keygen or openssl is missing"
)


async def test_a_box_becomes_its_room(server: Server, place: Place, box: Box) -> None:
    await server.offer(server.room())
    outcome = some(await pull(place))
    assert outcome.mistakes == ()
    config = load(box.root / "etc/offhook/room.toml", box.root / "etc/credstore")
    assert config.room.name == "Neptune"
    assert box.has("etc/credstore/offhook.pin") == "FA6\n"


async def test_no_secret_is_left_on_the_first_partition(server: Server, place: Place, box: Box) -> None:
    await server.offer(server.room())
    await pull(place)
    assert 'pin = "(kept)"' in box.file.read_text()
    assert not any(b"FA6" in path.read_bytes() for path in box.boot.rglob("*"))
    assert list((box.root / "run").iterdir()) == []


async def test_the_next_start_has_nothing_to_apply(server: Server, place: Place, box: Box) -> None:
    await server.offer(server.room())
    await pull(place)
    assert box.has("var/lib/offhook-card/stamp") == stamp(box.file.read_bytes())


async def test_what_is_not_new_is_not_applied(server: Server, place: Place) -> None:
    await server.offer(server.room(), mark="7")
    await pull(place)
    server.said.answers[f"/{BOX}.room"] = answer(b"", "304 Not Modified")
    assert await pull(place) is None
    assert 'if-none-match: "7"' in server.said.heads[-1].lower()


async def test_a_file_for_its_key_alone(server: Server, place: Place, box: Box, tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    identity, recipient = age_key_in(tmp_path)
    (box.root / "etc/credstore").mkdir(parents=True, exist_ok=True)
    shutil.copy(identity, box.root / "etc/credstore/offhook-fleet.age")
    await server.offer(server.room(), 1, recipient)
    assert some(await pull(place)).mistakes == ()


async def test_nor_is_it_of_a_server_that_tells_no_marks(server: Server, place: Place, box: Box) -> None:
    await server.offer(server.room())
    assert await pull(place)
    before = box.all()
    assert await pull(place) is None
    assert box.all() == before


Change = Callable[[Server], Awaitable[None]]


async def for_another(server: Server) -> None:
    await server.offer(server.room(), machine="f" * 20)


async def older(server: Server) -> None:
    await server.offer(server.room("Neptune", "Nereid"), serial=1)


async def by_another(server: Server) -> None:
    server.key, _ = key_in(server.key.parent, "another")
    await server.offer(server.room(), serial=9)


async def with_a_mistake(server: Server) -> None:
    await server.offer(server.room("pin = 17", "pin = 99"), serial=9)


async def without_fleet(server: Server) -> None:
    await server.offer('[room]\nname = "R"\n[terminal]\nhost = "192.0.2.1"\npin = "A"\n', serial=9)


async def cut_off(server: Server) -> None:
    await server.offer(server.room(), serial=9)
    whole = server.said.answers[f"/{BOX}.room"].partition(b"\r\n\r\n")[2]
    server.said.answers[f"/{BOX}.room"] = answer(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (for_another, "made for the box ffff"),
        (older, "older than what this box has: serial 1; expected 2 or more"),
        (by_another, "not signed by a key in"),
        (with_a_mistake, "serial 9 is not for this version of the firmware:\nroom.toml:.*buttons.call.pin"),
        (without_fleet, "would never ask again"),
        (cut_off, "no room's file"),
    ],
)
async def test_what_cannot_be_used_changes_nothing(
    server: Server, place: Place, box: Box, change: Change, why: str
) -> None:
    await server.offer(server.room(), serial=2)
    await pull(place)
    before = box.all()
    await change(server)
    with pytest.raises(PullError, match=why):
        await pull(place)
    assert box.all() == before


async def test_a_server_without_this_box(server: Server, place: Place) -> None:
    with pytest.raises(Unreached, match=f"has nothing for the machine {BOX}; expected a room with it in the inventory"):
        await pull(place)


async def test_a_server_that_nobody_vouches_for(server: Server, place: Place) -> None:
    await server.offer(server.room())
    with pytest.raises(Unreached, match="certificate verify failed"):
        await pull(msgspec.structs.replace(place, way=Way()))


def test_the_command_says_what_is_missing(box: Box) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["fleet", *words, "--root", str(box.root)])
        return done.exit_code, done.output

    where = ("--boot", str(box.boot))
    box.root.joinpath("etc").mkdir()
    for left in (None, "uninitialized\n"):
        if left is not None:
            (box.root / "etc/machine-id").write_text(left)
        assert run("identity") == (
            1,
            f"{box.root}/etc/machine-id has no id; expected 32 digits, see systemd-machine-id-setup(1)\n",
        )
    box.file.write_text('[room]\nname = "R"\n')
    assert run("pull", *where) == (1, f"{box.file}: expected a usable [fleet] with `signers`\n")
    (box.root / "etc/machine-id").write_text(MACHINE)
    box.file.write_text(f'[fleet]\nurl = "https://localhost:1"\nsigners = ["{KEY}"]\n')
    code, said = run("pull", *where)
    assert (code, said.startswith("localhost:1: ")) == (3, True)


def test_it_goes_by_the_proxy_of_the_network(box: Box) -> None:
    """The name is not even looked up here: whom it does not find is the proxy."""
    (box.root / "etc/offhook").mkdir(parents=True)
    (box.root / "etc/machine-id").write_text(MACHINE)
    (box.root / "etc/offhook/proxy.json").write_text('{"host": "127.0.0.1", "port": 1}')
    box.file.write_text(f'[fleet]\nurl = "https://rooms.example.com"\nsigners = ["{KEY}"]\n')
    done = CliRunner().invoke(main, ["fleet", "pull", "--boot", str(box.boot), "--root", str(box.root)])
    assert done.exit_code == 3
    assert "127.0.0.1:1" in done.output
    (box.root / "etc/offhook/proxy.json").write_text("{")
    assert (
        "proxy.json"
        in CliRunner().invoke(main, ["fleet", "pull", "--boot", str(box.boot), "--root", str(box.root)]).output
    )


def test_a_box_says_who_it_is(box: Box) -> None:
    if shutil.which("age-keygen") is None:
        pytest.skip("age is not installed")
    (box.root / "etc").mkdir()
    (box.root / "etc/machine-id").write_text(MACHINE)
    first, again = (CliRunner().invoke(main, ["fleet", "identity", "--root", str(box.root)]).output for _ in range(2))
    assert first.startswith(f'machine = "{BOX}"\nrecipient = "age1')
    assert machine_here(box.root) == BOX  # what the broker knows it by
    assert MACHINE not in first
    assert first == again
    assert (box.root / "etc/credstore/offhook-fleet.age").stat().st_mode & 0o777 == 0o600
