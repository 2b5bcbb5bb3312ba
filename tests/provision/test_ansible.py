"""The Ansible collection, run by a real Ansible against a folder that stands for the machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

COLLECTION = Path(__file__).parents[2] / "image/fleet/ansible"
ROOM = '[room]\nname = "{}"\n[terminal]\nhost = "192.0.2.20"\npin = "FA6"\n'

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ansible-playbook") is None, reason="ansible-playbook is not installed"),
]


class Machine(msgspec.Struct, frozen=True):
    """A folder with what a machine has; everything runs on this one, as whoever runs the tests."""

    root: Path
    environment: dict[str, str]

    def play(self, *more: str) -> str:
        """The role, with all that Ansible can say about it."""
        variables = {
            "offhook_rooms": self.root / "out",
            "offhook_config": self.root / "etc/room.toml",
            "offhook_group": "root",
            "offhook_card": self.root / "card",
            "offhook_boot": self.root / "boot",
            "offhook_command": f"{sys.executable} -m appliance",
            "offhook_restart": "false",
        }
        words = [word for name, value in variables.items() for word in ("-e", f"{name}='{value}'")]
        command = ("ansible-playbook", "-i", "neptune,", "-c", "local", "--diff", "-vvv", *words, *more)
        done = subprocess.run(
            (*command, "offhook.rooms.rooms"), check=False, capture_output=True, text=True, env=self.environment
        )
        assert "FA6" not in done.stdout + done.stderr
        return done.stdout + done.stderr

    def wants(self, name: str) -> None:
        (self.root / "out/neptune.toml").write_text(ROOM.format(name))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if os.getuid() != 0:
        pytest.skip("files are given to root")
    collections = tmp_path / "collections/ansible_collections/offhook"
    collections.mkdir(parents=True)
    shutil.copytree(COLLECTION, collections / "rooms")
    for folder in ("out", "etc"):
        (tmp_path / folder).mkdir()
    places = {"ANSIBLE_COLLECTIONS_PATH": str(tmp_path / "collections"), "ANSIBLE_HOME": str(tmp_path / "ansible")}
    more = {
        "PYTHONPATH": str(COLLECTION.parents[2]),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
    }
    return Machine(tmp_path, {**os.environ, **places, **more})


def changed(said: str) -> int:
    """How many tasks changed something on a machine on which none failed."""
    (line,) = [line for line in said.splitlines() if line.startswith("neptune ") and "changed=" in line]
    counts = dict(part.split("=") for part in line.split(":")[1].split())
    assert (counts["failed"], counts["unreachable"]) == ("0", "0"), said[-3000:]
    return int(counts["changed"])


def test_a_room_is_put_in_place_once(machine: Machine) -> None:
    machine.wants("Neptune")
    assert changed(machine.play()) == 1
    path = machine.root / "etc/room.toml"
    assert (path.read_text(), path.stat().st_mode & 0o777) == (ROOM.format("Neptune"), 0o640)
    assert changed(machine.play()) == 0
    machine.wants("Pluto")
    assert changed(machine.play()) == 1


def test_a_room_that_the_firmware_would_refuse_changes_nothing(machine: Machine) -> None:
    machine.wants("Neptune")
    machine.play()
    (machine.root / "out/neptune.toml").write_text(ROOM.format("Pluto") + "[buttons.call]\npin = 99\n")
    assert "failed=1" in machine.play()
    assert (machine.root / "etc/room.toml").read_text() == ROOM.format("Neptune")


def test_a_card_is_written_once_though_its_secrets_move(machine: Machine) -> None:
    for folder in ("card", "boot"):
        (machine.root / folder).mkdir()
    machine.wants("Neptune")
    assert changed(machine.play()) == 2
    card = machine.root / "boot/room.toml"
    assert card.read_text() == ROOM.format("Neptune")
    card.write_text(ROOM.format("Neptune").replace("FA6", "(kept)"))  # as the card's own service does
    assert changed(machine.play()) == 0
    assert "(kept)" in card.read_text()
