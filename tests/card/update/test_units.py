"""The card's units of updates: what they may, and that they start what is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.card.update.state import FOLDER, Kept, Stage, State, Target
from appliance.cli.update.units import NOT_CONFIRMED

ROOT = Path(__file__).parents[3]
CARD = ROOT / "image/card/root/usr/lib"
UNITS, SCRIPTS = CARD / "systemd/system", CARD / "card"
NAMES = ("offhook-update.service", "offhook-confirm.service", "offhook-stick@.service")
VERIFY = ("systemd-analyze", "verify", "--man=no")
EXPOSED = {"offhook-update.service": 27, "offhook-stick@.service": 27, "offhook-confirm.service": 19}

systemd_analyze = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")


@systemd_analyze
@pytest.mark.parametrize("name", NAMES)
def test_a_service_may_no_more_than_it_needs(name: str) -> None:
    """They are root's: one mounts a slot and a stick, and asks a server; systemd calls below 30 "OK"."""
    command = ("systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={EXPOSED[name]}")
    judged = subprocess.run((*command, UNITS / name), capture_output=True, text=True)
    assert judged.returncode == 0, judged.stdout[-1500:]


@systemd_analyze
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for path in UNITS.glob("offhook-*.*"):
        if path.is_file() and re.match(r"offhook-(update|confirm|stick)", path.name):
            here = re.sub(r"(?m)^(Exec\w+=\S*?)/usr/(?:bin/offhook|lib/card/).*$", r"\1/usr/bin/true", path.read_text())
            name = path.name.replace("@.", "@sda1.")
            (tmp_path / name).write_text(re.sub(r"(?m)^Documentation=.*$", "", here))
    units = sorted(tmp_path.iterdir())
    assert len(units) == 5
    verified = subprocess.run((*VERIFY, *units), capture_output=True, text=True)
    assert [line for line in verified.stderr.splitlines() if "offhook-" in line] == []


def test_the_card_starts_them() -> None:
    starts = (ROOT / "image/card/root.sh").read_text()
    for name in ("offhook-update.timer", "offhook-update.path", "offhook-confirm.service"):
        assert name in starts
    rule = (ROOT / "image/card/root/usr/lib/udev/rules.d/72-card-stick.rules").read_text()
    assert 'SYSTEMD_WANTS}+="offhook-stick@%k.service"' in rule


@pytest.mark.parametrize(
    ("files", "runs"),
    [
        ({}, False),
        ({"etc/offhook/room.toml": "[room]\n# [update]\n"}, False),
        ({"etc/offhook/room.toml": "[room]\n[update]\n"}, True),
        ({"var/lib/offhook/update.asked": ""}, True),
    ],
)
def test_python_is_started_only_where_something_may_be_due(tmp_path: Path, files: dict[str, str], runs: bool) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    assert (script("update-due", tmp_path).returncode == 0) is runs


def test_so_it_is_for_what_was_not_finished(tmp_path: Path) -> None:
    kept = Kept(tmp_path / FOLDER.relative_to("/"))
    kept.folder.mkdir(parents=True)
    kept.save(State())
    assert script("update-due", tmp_path).returncode != 0
    kept.save(State(target=Target("9.2.0")))
    assert script("update-due", tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("stage", "code", "restarts"),
    [
        (Stage.SWITCHED, "1", True),
        (Stage.SWITCHING, "KILL", True),
        (Stage.SWITCHED, "0", False),
        (Stage.SWITCHED, str(NOT_CONFIRMED), False),
        (Stage.WRITTEN, "1", False),
        (None, "1", False),
    ],
)
def test_a_new_version_that_cannot_judge_itself_is_given_up(
    tmp_path: Path, stage: Stage | None, code: str, restarts: bool
) -> None:
    kept = Kept(tmp_path / FOLDER.relative_to("/"))
    kept.folder.mkdir(parents=True)
    kept.save(State() if stage is None else State(target=Target("9.2.0"), stage=stage))
    said = script("confirm-failed", tmp_path, EXIT_STATUS=code)
    assert said.stdout == ("--no-block reboot\n" if restarts else "")


def script(name: str, root: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Runs a script of the card on the files below a folder; `systemctl` says what it is asked."""
    programs = root / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "systemctl").write_text('#!/bin/sh\necho "$@"\n')
    (programs / "systemctl").chmod(0o755)
    path = {"PATH": f"{programs}:/usr/bin:/bin"}
    return subprocess.run((SCRIPTS / name, root), capture_output=True, text=True, env=path | environ)
