"""Prometheus' file of rooms, out of an inventory: read by promtool as Prometheus would."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from appliance.cli.main import main
from tests.cli.processes import PATIENCE, ROOT
from tests.provision.inventories import INVENTORY

PROMTOOL = shutil.which("promtool")
METRICS = '\n[all.config.metrics]\nlisten = "{}"\nallow = ["192.0.2.10"]\n'
ALL = METRICS.format("0.0.0.0:9650")
NEPTUNE = {"site": "riga", "building": "north", "kind": "huddle", "room": "neptune"}


def rendered(folder: Path, inventory: str, *words: str) -> tuple[int, str]:
    (folder / "inventory.toml").write_text(inventory)
    (folder / "secrets.toml").write_text('pin = "FA6"\npluto = "B07"\n')
    files = [str(folder / name) for name in ("inventory.toml", "out")]
    more = ["--secrets", str(folder / "secrets.toml"), "--prometheus", str(folder / "rooms.yml"), *words]
    done = CliRunner().invoke(main, ["fleet", "render", *files, *more])
    return done.exit_code, done.output


def targets(folder: Path, inventory: str, *words: str) -> list[dict[str, Any]]:
    code, said = rendered(folder, inventory, *words)
    assert code == 0, said
    found: list[dict[str, Any]] | None = yaml.safe_load((folder / "rooms.yml").read_text())
    return found or []


def test_rooms_are_found_by_their_names(tmp_path: Path) -> None:
    first, second = targets(tmp_path, INVENTORY + ALL, "--host", "${room}.${site}.example.com")
    assert first == {"targets": ["neptune.riga.example.com:9650"], "labels": NEPTUNE}
    assert second["targets"] == ["pluto.riga.example.com:9650"]


def test_a_room_with_a_fixed_address_is_found_by_that(tmp_path: Path) -> None:
    fixed = (
        INVENTORY
        + ALL
        + "".join(
            f'[rooms.{name}.config.network]\naddress = "192.0.2.{last}/24"\ngateway = "192.0.2.1"\n'
            for name, last in (("neptune", 30), ("pluto", 31))
        )
    )
    assert [each["targets"] for each in targets(tmp_path, fixed)] == [["192.0.2.30:9650"], ["192.0.2.31:9650"]]


def test_a_room_that_listens_at_one_address_is_found_there_and_by_its_scheme(tmp_path: Path) -> None:
    one = METRICS.format("[2001:db8::7]:9651") + 'certificate = "/etc/a.pem"\nkey = "/etc/a.key"\n'
    first, *_ = targets(tmp_path, INVENTORY + one)
    assert first == {"targets": ["[2001:db8::7]:9651"], "labels": NEPTUNE | {"__scheme__": "https"}}


@pytest.mark.parametrize("metrics", ["", "\n[all.config.metrics]\n"])
def test_rooms_that_nobody_can_reach_are_not_in_it(tmp_path: Path, metrics: str) -> None:
    assert targets(tmp_path, INVENTORY + metrics) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "rooms.neptune: nobody knows where it is; expected an `address` in its [network], or --host such as"),
        (("--host", "${rom}.example.com"), "rooms.neptune: --host: ${rom} is nothing that this room has; expected one"),
        (("--host", "$"), "rooms.neptune: --host: a $ that begins nothing"),
    ],
)
def test_nothing_is_written_while_a_room_cannot_be_found(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    code, said = rendered(tmp_path, INVENTORY + ALL, *words)
    assert (code, why in said) == (2, True)
    assert not (tmp_path / "rooms.yml").exists()
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    code, said = rendered(tmp_path, INVENTORY + ALL, "--host", "a", "--prometheus", str(tmp_path / "no/rooms.yml"))
    assert (code, said) == (2, f"{tmp_path}/no/rooms.yml: No such file or directory\n")


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")
def test_prometheus_reads_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "image/fleet/prometheus", tmp_path / "prometheus")
    (tmp_path / "prometheus/rooms/example.yml").unlink()
    words = ("--host", "${room}.example.com", "--prometheus", str(tmp_path / "prometheus/rooms/all.yml"))
    assert rendered(tmp_path, INVENTORY + ALL, *words)[0] == 0
    assert _checked(tmp_path) == 0
    (tmp_path / "prometheus/rooms/all.yml").write_text("- targets: 5\n")
    assert _checked(tmp_path) != 0, "promtool does look into the files of rooms"


def _checked(folder: Path) -> int:
    command = [str(PROMTOOL), "check", "config", str(folder / "prometheus/prometheus.yml")]
    return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode
