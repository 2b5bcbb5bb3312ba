"""The administrator's web server and a box that asks it, for tests."""

import time
from pathlib import Path

import pytest
import trio

from appliance.provision.inventory import read_inventory
from appliance.provision.place import Place
from appliance.provision.render import render
from appliance.provision.sealed import Package, seal
from appliance.runtime.fetch import Way
from tests.card.conftest import Box, box, new_box
from tests.provision.inventories import INVENTORY, SECRETS
from tests.provision.test_sealed import BOX, key_in
from tests.runtime.https_server import Authority, Said, answer
from tests.some import some

__all__ = ["box", "new_box"]

MACHINE = "0123456789abcdef0123456789abcdef"  # /etc/machine-id of `BOX`


class Server:
    """The administrator's web server, and the fleet's key."""

    def __init__(self, authority: Authority, folder: Path) -> None:
        self.said = Said()
        self.key, self.signer = key_in(folder)
        self.authority = authority
        self.url = ""

    def room(self, old: str = "", new: str = "") -> str:
        """Neptune's file out of the inventory, with this server's address and key."""
        text = INVENTORY.replace("https://rooms.example.com", self.url).replace(old, new)
        line = next(line for line in text.splitlines() if line.startswith("signers"))
        inventory, found = read_inventory(text.replace(line, f'signers = ["{self.signer}"]'))
        assert found == ()
        rooms, _ = render(some(inventory), SECRETS)
        return rooms[0].text

    async def offer(self, room: str, serial: int = 1, *recipients: str, machine: str = BOX, mark: str = "") -> None:
        """Puts a file on the server."""
        now = int(time.time())
        content = await seal(Package(machine, serial, now, now + 86_400, room), self.key, recipients)
        self.said.answers[f"/{BOX}.room"] = answer(content, "200 OK", *((f'ETag: "{mark}"',) if mark else ()))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls") / "authority")


@pytest.fixture
async def server(nursery: trio.Nursery, authority: Authority, tmp_path: Path) -> Server:
    server = Server(authority, tmp_path)
    server.url = f"https://localhost:{await nursery.start(server.said.https, authority.server())}"
    return server


@pytest.fixture
def place(box: Box, server: Server) -> Place:
    """A box that was told where to ask, and whom to trust, and nothing else."""
    (box.root / "etc").mkdir(exist_ok=True)
    (box.root / "etc/machine-id").write_text(f"{MACHINE}\n")
    (box.root / "run").mkdir()
    box.apply(f'[fleet]\nurl = "{server.url}"\nsigners = ["{server.signer}"]\n')
    return Place(box.boot, box.root, Way(authorities=server.authority.certificate))
