"""`docs/fleet.md`, from nothing to ten rooms: what can be done of it without boxes, done as it is written."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import trio
import yaml
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.config.load import load
from appliance.provision.sealed import unseal
from tests.cli.processes import PATIENCE, ROOT
from tests.fleet.mqtt.link.certificates import needs_openssl
from tests.provision.test_sealed import key_in

PAGE = (ROOT / "docs" / "fleet.md").read_text()
GUIDE = PAGE.split("\n## ")[1]
INVENTORY, ROOMS = (re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)[0] for kind in ("toml", "yaml"))
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]


def test_the_guide_comes_first() -> None:
    assert GUIDE.startswith("From nothing to ten rooms\n")
    assert len(COMMANDS) == 14


def run(folder: Path, line: str) -> str:
    """Runs a line of the guide in a folder; returns what it says. `offhook` is run in this process."""
    words = shlex.split(line)
    given = [
        str(folder / word) if word.endswith((".toml", ".yml")) or word in {"out", "fleet"} else word
        for word in words[2:]
    ]
    done = CliRunner().invoke(main, [words[1], words[2], *given[1:]])
    assert done.exit_code == 0, done.output
    return done.output


def lines(beginning: str) -> list[str]:
    found = [line for line in COMMANDS if line.startswith(beginning)]
    assert found
    return found


@needs_openssl
def test_the_certificates_are_those_that_the_boxes_are_given(tmp_path: Path) -> None:
    shutil.copy(ROOT / "image/fleet/certificates.sh", tmp_path)
    for line in (*lines("sh "), *lines("(umask")):
        subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    copied = [line.split()[1] for line in lines("scp")]
    shown = re.findall(r"--(?:ca|key|certificate) (\S+)", lines("offhook fleet status")[0])
    assert [name for name in (*copied, *shown) if not (tmp_path / name).is_file()] == []
    assert re.fullmatch(r"GRAFANA_PASSWORD=[0-9a-f]{32}\n", (tmp_path / ".env").read_text())
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_the_inventory_is_right_and_makes_a_file_for_each_box(tmp_path: Path) -> None:
    key, signer = key_in(tmp_path)
    (tmp_path / "inventory.toml").write_text(INVENTORY)
    (tmp_path / "secrets.toml").write_text('pin = "FA6"\n')
    (check,), (render,) = lines("offhook fleet check"), lines("offhook fleet render")
    assert "2 rooms, no mistakes" in run(tmp_path, check)
    assert "2 files" in run(tmp_path, render.replace("~/.ssh/fleet", str(key)))
    assert yaml.safe_load((tmp_path / "rooms.yml").read_text()) == yaml.safe_load(ROOMS)
    machines = re.findall(r'^machine = "(\w+)"', INVENTORY, re.MULTILINE)
    for machine in machines:
        package = trio.run(unseal, (tmp_path / f"out/{machine}.room").read_bytes(), [signer])
        (tmp_path / "room.toml").write_text(package.room)
        mqtt = load(tmp_path / "room.toml", None).mqtt
        assert mqtt is not None
        assert f"certificates {' '.join(names())}" in lines("sh certificates.sh room")[0]
        assert f"{mqtt.site}/{mqtt.room}" in names()


def names() -> list[str]:
    """The rooms as SITE/ROOM, by Prometheus' file."""
    return [f"{each['labels']['site']}/{each['labels']['room']}" for each in yaml.safe_load(ROOMS)]


def test_places_on_the_box_are_those_that_the_inventory_names() -> None:
    there = [line.split(":")[1] for line in lines("scp")]
    named = re.findall(r'^(?:ca|certificate|key) = "(.*)"', INVENTORY, re.MULTILINE)
    assert there == named


def test_every_option_of_the_guide_exists() -> None:
    (line,) = lines("offhook fleet status")
    said = CliRunner().invoke(main, ["fleet", "status", "--help"]).output
    assert [option for option in re.findall(r"--[a-z-]+", line) if option not in said] == []
