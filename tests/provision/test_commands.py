"""`offhook fleet check` and `render`, as an administrator runs them."""

import shutil
from pathlib import Path

import pytest
import trio
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.config.load import load
from appliance.provision.sealed import unseal
from tests.provision.inventories import INVENTORY
from tests.provision.test_sealed import BOX, key_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inventory.toml").write_text(INVENTORY)
    (tmp_path / "secrets.toml").write_text('pin = "FA6"\npluto = "B07"\n')
    return tmp_path


def fleet(folder: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["fleet", *(word.replace("@", f"{folder}/") for word in words)])
    return done.exit_code, done.output.replace(str(folder), "…")


def test_all_rooms_are_checked_at_once(folder: Path) -> None:
    assert fleet(folder, "check", "@inventory.toml") == (0, "…/inventory.toml: 2 rooms, no mistakes\n")
    (folder / "inventory.toml").write_text(INVENTORY.replace("pin = 17", "pin = 99"))
    code, said = fleet(folder, "check", "@inventory.toml", "--secrets", "@secrets.toml")
    assert (code, said.partition(" ")[0]) == (2, "…/inventory.toml:16:")


def test_files_are_made_for_their_owner_alone(folder: Path) -> None:
    words = ("render", "@inventory.toml", "@out", "--secrets", "@secrets.toml")
    assert fleet(folder, *words) == (0, "…/out: 2 rooms, 2 changed\n")
    assert fleet(folder, *words) == (0, "…/out: 2 rooms, 0 changed\n")
    assert load(folder / "out/neptune.toml", None).room.name == "Neptune"
    assert {path.stat().st_mode & 0o777 for path in (folder / "out").iterdir()} == {0o600}


def test_one_room_alone(folder: Path) -> None:
    words = ("render", "@inventory.toml", "@out", "--secrets", "@secrets.toml", "--room")
    assert fleet(folder, *words, "pluto")[0] == 0
    assert [path.name for path in (folder / "out").iterdir()] == ["pluto.toml"]
    assert fleet(folder, *words, "mars") == (2, "…/inventory.toml: there is no [rooms.mars]\n")


def test_nothing_is_made_while_anything_is_wrong(folder: Path) -> None:
    (folder / "secrets.toml").write_text('pin = "FA6"\n')
    code, said = fleet(folder, "render", "@inventory.toml", "@out", "--secrets", "@secrets.toml")
    assert (code, "no pluto" in said) == (2, True)
    assert not (folder / "out").exists()


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_signed_files_are_for_boxes(folder: Path) -> None:
    key, signer = key_in(folder)
    words = ("render", "@inventory.toml", "@out", "--secrets", "@secrets.toml", "--sign", str(key))
    code, said = fleet(folder, *words)
    assert code == 0
    assert "neptune: not encrypted" in said
    assert "pluto: no box yet" in said
    package = trio.run(unseal, (folder / f"out/{BOX}.room").read_bytes(), [signer])
    assert package.machine == BOX
    assert 'name = "Neptune"' in package.room


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_room_that_would_never_ask_again_is_not_signed(folder: Path) -> None:
    (folder / "inventory.toml").write_text(INVENTORY[INVENTORY.index("[all.config.terminal]") :])
    key, _ = key_in(folder)
    words = ("render", "@inventory.toml", "@out", "--secrets", "@secrets.toml", "--sign", str(key))
    code, said = fleet(folder, *words)
    assert (code, said.startswith("neptune: not encrypted") or "no [fleet]" in said) == (2, True)
    assert list((folder / "out").iterdir()) == []


def test_the_inventory_of_the_guide_is_right(folder: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs/fleet.md").read_text().partition("\n## One inventory\n")[2]
    (folder / "inventory.toml").write_text(guide.split("```toml\n")[1].split("```")[0])
    assert fleet(folder, "check", "@inventory.toml") == (0, "…/inventory.toml: 1 rooms, no mistakes\n")
