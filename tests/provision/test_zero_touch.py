"""A box whose card has `signers` and nothing else: it finds its server, and says who it is where it gets no room."""

import shutil

import msgspec
import pytest

from appliance.config.load import load
from appliance.provision.discovery.told import LEASES
from appliance.provision.place import Place, PullError, Unreached
from appliance.provision.pull import pull
from appliance.provision.waiting import PLACE, waiting
from tests.card.conftest import Box, box, new_box
from tests.provision.discovery.name_server import name_server
from tests.provision.fleet_server import Server, authority, place, server
from tests.provision.test_sealed import BOX, key_in
from tests.some import some

__all__ = ["authority", "box", "new_box", "place", "server"]

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None or shutil.which("openssl") is None, reason="ssh-keygen or openssl is missing"
)


def bare(place: Place, server: Server, box: Box) -> None:
    """A card that has `signers` and nothing else."""
    box.apply(f'[fleet]\nsigners = ["{server.signer}"]\n')
    (place.root / LEASES).mkdir(parents=True)


async def test_a_box_whose_card_has_signers_alone_finds_its_room(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    (place.root / LEASES / "2").write_text(f"OPTION_224={server.url.encode().hex()}\n")
    await server.offer(server.room())
    assert some(await pull(place)).mistakes == ()
    assert load(box.root / "etc/offhook/room.toml", box.root / "etc/credstore").room.name == "Neptune"


async def test_it_finds_it_by_the_names_of_the_network(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    (place.root / LEASES / "2").write_text("DOMAINNAME=example\n")
    port, name = server.url.rpartition(":")[2], "_offhook-prov._tcp.example"
    await server.offer(server.room())
    server.said.answers[f"/boxes/{BOX}.room"] = server.said.answers.pop(f"/{BOX}.room")
    async with name_server(f"--srv-host={name},localhost,{port}", f"--txt-record={name},path=/boxes") as names:
        assert some(await pull(msgspec.structs.replace(place, name_servers=(names,)))).mistakes == ()
    assert load(box.root / "etc/offhook/room.toml", box.root / "etc/credstore").room.name == "Neptune"


async def test_a_place_without_the_box_is_followed_by_the_next(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    await server.offer(server.room())
    for number, url in enumerate(("https://localhost:1", f"{server.url}/elsewhere", server.url)):
        (place.root / LEASES / str(number)).write_text(f"OPTION_224={url.encode().hex()}\n")
    assert some(await pull(place)).mistakes == ()


async def test_the_network_cannot_give_a_room_that_nobody_signed(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    (place.root / LEASES / "2").write_text(f"OPTION_224={server.url.encode().hex()}\n")
    server.key, _ = key_in(server.key.parent, "another")
    await server.offer(server.room())
    with pytest.raises(PullError, match="not signed by a key in"):
        await pull(place)
    assert not box.has("etc/offhook/room.toml")


async def test_a_network_that_tells_of_no_server(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    with pytest.raises(Unreached, match="the network tells of no server; expected DHCP option 224"):
        await pull(place)


async def test_who_told_of_a_server_is_said(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    (place.root / LEASES / "2").write_text(f"OPTION_224={server.url.encode().hex()}\n")
    with pytest.raises(Unreached, match=r"has nothing for the machine .* \(told by DHCP option 224\)"):
        await pull(place)


async def test_a_mark_is_told_to_the_server_that_gave_it_alone(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    (place.root / LEASES / "1").write_text(f"OPTION_224={server.url.encode().hex()}\n")
    await server.offer(server.room(f'url = "{server.url}"\n'), mark="7")
    await pull(place)
    (place.root / LEASES / "1").write_text(f"OPTION_224={f'{server.url}/other'.encode().hex()}\n")
    with pytest.raises(Unreached):
        await pull(place)
    assert "if-none-match" not in server.said.heads[-1].lower()


async def test_a_box_without_a_room_says_who_it_is(server: Server, place: Place, box: Box) -> None:
    if shutil.which("age-keygen") is None:
        pytest.skip("age is not installed")
    bare(place, server, box)
    assert box.errors() is None
    with pytest.raises(Unreached):
        await pull(place)
    said = (box.boot / "fleet-identity.txt").read_bytes().decode().split("\r\n")
    assert said[0] == "This box waits for its room."
    assert f'machine = "{BOX}"' in said
    (key,) = (line for line in said if line.startswith('recipient = "age1'))
    assert any("tells of no server" in line for line in said)
    who = some(waiting(box.root / PLACE.relative_to("/")))
    assert (who.machine, f'recipient = "{who.recipient}"') == (BOX, key)
    assert "PRIVATE" not in (box.boot / "fleet-identity.txt").read_text()


async def test_that_it_has_no_room_is_no_mistake(server: Server, place: Place, box: Box) -> None:
    bare(place, server, box)
    assert box.has("var/lib/offhook-card/mistakes") is None
    with pytest.raises(Unreached):
        await pull(place)
    assert (box.errors(), box.has("var/lib/offhook-card/mistakes")) == (None, None)


async def test_what_is_wrong_on_its_card_stays_said(server: Server, place: Place, box: Box) -> None:
    box.apply(f'[fleet]\nsigners = ["{server.signer}"]\n[time]\nzone = "Mars"\n')
    with pytest.raises(Unreached):
        await pull(place)
    assert "time.zone" in some(box.errors())
    assert box.has("var/lib/offhook-card/mistakes")


async def test_it_says_so_no_more_once_it_has_a_room(server: Server, place: Place, box: Box) -> None:
    with pytest.raises(Unreached):
        await pull(place)
    assert (box.boot / "fleet-identity.txt").exists()
    await server.offer(server.room())
    await pull(place)
    assert not (box.boot / "fleet-identity.txt").exists()
    assert waiting(box.root / PLACE.relative_to("/")) is None
    server.said.answers.clear()
    with pytest.raises(Unreached):
        await pull(place)
    assert not (box.boot / "fleet-identity.txt").exists()


async def test_a_box_without_age_says_who_it_is_all_the_same(
    server: Server, place: Place, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare(place, server, box)
    monkeypatch.setenv("PATH", str(box.root))
    with pytest.raises(Unreached):
        await pull(place)
    said = (box.boot / "fleet-identity.txt").read_text()
    assert f'machine = "{BOX}"' in said
    assert "expected the program age-keygen" in said
    assert "recipient" not in said


async def test_a_card_that_cannot_be_written_is_said(
    server: Server, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("appliance.provision.identity._write", read_only)
    with pytest.raises(
        PullError, match=r"has nothing for the machine .*\nfleet-identity.txt cannot be written: .*Read"
    ):
        await pull(place)
