"""The units by themselves. What only Debian 13's systemd can judge is in test_installed.py."""

import os
import re
import shlex
import shutil
from configparser import ConfigParser
from pathlib import Path

import pytest

from appliance.config.share import CREDENTIALS
from appliance.deputy.client import SOCKET
from appliance.deputy.machine import RETURN
from appliance.deputy.place import STATE
from appliance.deputy.program import PATIENCE, TAKEN
from appliance.deputy.reset import ASKED
from appliance.deputy.trial import RETURNING, SECONDS, TRIAL
from appliance.fleet.box import start_reason
from appliance.run.ending import WHEN_QUIET
from appliance.runtime.systemd import START_EXTENSION
from tests.packaging.debs import run

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "systemd").glob("*.service"))
JUDGE = ("systemd-analyze", "security", "--offline=true", "--no-pager")
EARLY = ("card", "restore", "reset", "return", "password")  # before most of the system
FETCHES = {"offhook-fleet.service": 18}  # what writes the system's files as root, and asks a server for them

systemd_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None and "CI" not in os.environ,
    reason="systemd-analyze is missing: apt install systemd",
)


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # as its documentation says
    parser.read(ROOT / "systemd" / name)
    return parser


@systemd_analyze
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_service_is_exposed_by_one_and_a_half_at_most(path: Path) -> None:
    judged = run(*JUDGE, f"--threshold={FETCHES.get(path.name, 15)}", path)
    assert judged.returncode == 0, judged.stdout[-2000:]
    assert re.search(r"exposure level for .*: [01]\.\d", judged.stdout)


@systemd_analyze
def test_an_open_service_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "open.service"
    path.write_text("[Service]\nExecStart=/bin/true\n")
    assert run(*JUDGE, "--threshold=15", path).returncode == 1


def test_the_start_limit_is_reached_even_when_every_start_makes_progress_and_then_hangs() -> None:
    service = unit("offhook.service")
    each = float(service["Service"]["TimeoutStartSec"]) + START_EXTENSION + 1
    assert int(service["Unit"]["StartLimitBurst"]) * each < float(service["Unit"]["StartLimitIntervalSec"])


def test_a_start_without_a_sign_of_life_ends_as_soon_as_one_that_had_some() -> None:
    assert float(unit("offhook.service")["Service"]["TimeoutStartSec"]) == START_EXTENSION


def test_it_starts_without_a_network() -> None:
    assert "network" not in " ".join(unit("offhook.service")["Unit"].values())


def test_what_is_open_is_explained() -> None:
    text = (ROOT / "systemd" / "offhook.service").read_text()
    explained = text[text.index("# What stays open:") :]
    for name in ("PrivateDevices", "PrivateNetwork", "IPAddressDeny", "ProcSubset", "RootDirectory", "AF_INET"):
        assert name in explained
        assert f"\n{name}=" not in text


def test_the_timer_and_the_recovery_are_for_units_that_are_there() -> None:
    assert unit("offhook.service")["Unit"]["OnFailure"] == "offhook-recover.service"
    assert (ROOT / "systemd" / "offhook-recover.service") in UNITS
    assert (ROOT / "systemd" / "offhook-restart.service") in UNITS  # what offhook-restart.timer starts


def test_the_card_is_applied_before_whatever_reads_what_it_writes() -> None:
    text = (ROOT / "systemd" / "offhook-card.service").read_text()
    before = {name for line in re.findall(r"^Before=(.*)$", text, re.MULTILINE) for name in line.split()}
    assert before >= {
        *("nftables.service", "systemd-networkd.service", "wpa_supplicant@wlan0.service", "systemd-timesyncd.service"),
        *("ssh.service", "offhook.service"),
    }
    for name in ("PrivateUsers", "PrivateNetwork", "ProcSubset"):
        assert f"\n# {name}=" in text
        assert f"\n{name}=" not in text


def test_the_card_is_watched_where_it_is_read() -> None:
    assert unit("offhook-card.path")["Path"]["PathChanged"] == "/boot/firmware/room.toml"


@systemd_analyze
def test_the_units_of_the_card_wait_for_nothing_that_waits_for_them(tmp_path: Path) -> None:
    units = ["offhook-card.path", *(f"offhook-{name}.service" for name in EARLY)]
    for name in units:
        text = (ROOT / "systemd" / name).read_text()
        # what is not installed here would be all that is said
        here = re.sub(r"(?m)^(Exec\w+=\S*?)/(?:usr/)?(?:bin|lib)/\S+.*$", r"\1/usr/bin/true", text)
        (tmp_path / name).write_text(re.sub(r"(?m)^Documentation=.*$", "", here))
    verified = run("systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir()))
    assert "offhook-" not in verified.stderr


def test_a_restore_that_was_cut_short_is_finished_before_anything_reads_it() -> None:
    reset = (ROOT / "systemd" / "offhook-reset.service").read_text()
    assert "\nBefore=offhook-restore.service offhook-card.service offhook.service\n" in reset
    restore = (ROOT / "systemd" / "offhook-restore.service").read_text()
    assert "\nBefore=offhook-card.service offhook.service\n" in restore
    for name in ("offhook.service", "offhook-card.service"):
        assert "\nWants=offhook-reset.service offhook-restore.service\n" in (ROOT / "systemd" / name).read_text()


def test_only_the_firmware_asks_the_deputy_and_twice_at_once() -> None:
    socket = unit("offhook-deputy.socket")["Socket"]
    assert socket["ListenStream"] == str(SOCKET)
    assert (socket["SocketUser"], socket["SocketMode"]) == (unit("offhook.service")["Service"]["User"], "0600")
    assert (socket["Accept"], socket["MaxConnections"]) == ("yes", "2")
    assert "AF_UNIX" in unit("offhook.service")["Service"]["RestrictAddressFamilies"]


def test_the_deputy_writes_no_file_of_the_system() -> None:
    """A program that was taken over talks to it: what it may ask for is written by other units."""
    service = unit("offhook-deputy@.service")["Service"]
    assert "ReadWritePaths" not in service
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "CAP_DAC_READ_SEARCH")
    assert STATE.removeprefix("var/lib/") in service["StateDirectory"].split()
    assert float(service["RuntimeMaxSec"]) > 2 * PATIENCE + TAKEN


def test_what_is_on_trial_returns_after_its_minute_and_at_each_start() -> None:
    assert unit("offhook-return.timer")["Timer"]["OnActiveSec"] == f"{SECONDS:g}s"
    text = (ROOT / "systemd" / "offhook-return.service").read_text()
    assert re.findall(r"^ConditionPathExists=\|/(.*)$", text, re.MULTILINE) == [
        *(f"{STATE}/{name}" for name in (TRIAL, RETURNING, ASKED))
    ]
    assert "\nBefore=offhook-card.service offhook.service\n" in text
    assert "\nWantedBy=sysinit.target\n" in text
    assert unit("offhook-return.service")["Unit"]["StartLimitIntervalSec"] == "0"
    for name in ("offhook.service", "offhook-card.service"):  # each start of these would begin with it
        assert RETURN not in (ROOT / "systemd" / name).read_text()


def test_the_nightly_restart_is_one_whatever_the_configuration_says() -> None:
    command = unit("offhook-restart.service")["Service"]["ExecStart"]
    assert command == f"/usr/bin/systemctl kill --signal={WHEN_QUIET.name} --kill-whom=main offhook.service"


def test_every_kind_of_secret_is_handed_to_the_service() -> None:
    mqtt = ["mqtt", "mqtt_key"]
    for name, more in (("offhook.service", ["tls_key", *mqtt, "proxy"]), ("offhook-recover.service", mqtt)):
        text = (ROOT / "systemd" / name).read_text()
        assert re.findall(r"^LoadCredential=offhook\.(.*)$", text, re.MULTILINE) == ["pin", "password", "token", *more]
        assert f"\nImportCredential=offhook.{CREDENTIALS}*\n" in text
        assert "\nImportCredential=offhook.webhook.*\n" in text


def test_each_group_that_owns_devices_is_made_given_and_allowed() -> None:
    owners = set(re.findall(r'GROUP="(\w+)"', (ROOT / "systemd/70-offhook.rules").read_text())) - {"offhook"}
    made = set(re.findall(r"^g (\w+)", (ROOT / "systemd/offhook.sysusers").read_text(), re.MULTILINE))
    assert owners == made == {"gpio", "i2c", "spi"}
    for name in ("offhook.service", "offhook-recover.service"):
        assert owners <= set(unit(name)["Service"]["SupplementaryGroups"].split())
        text = (ROOT / "systemd" / name).read_text()
        for kind in ("gpiochip", "i2c", "spi"):
            assert f"\nDeviceAllow=char-{kind} rw\n" in text


@pytest.mark.parametrize(
    ("result", "room", "runs"),
    [
        ("success", "[relays.x]", False),
        ("watchdog", "[lamps.x]", False),
        ("signal", "[relays.x]", True),
        ("exit-code", 'bars = { door = { spi = "0.0" } }', True),
    ],
)
def test_after_a_crash_outputs_are_made_safe(tmp_path: Path, result: str, room: str, runs: bool) -> None:
    (tmp_path / "room.toml").write_text(room)
    command = unit("offhook.service")["Service"]["ExecStopPost"].removeprefix("-")
    here = command.replace("/etc/offhook/room.toml", str(tmp_path / "room.toml")).replace("/usr/bin/offhook", "echo")
    said = run("env", f"SERVICE_RESULT={result}", *shlex.split(here)).stdout
    assert said == (f"safe --config {tmp_path / 'room.toml'}\n" if runs else "")


def test_how_it_ended_is_noted_for_the_next_start(tmp_path: Path) -> None:
    text = (ROOT / "systemd" / "offhook.service").read_text()
    (command,) = re.findall(r"^ExecStopPost=-(.*ended.*)$", text, re.MULTILINE)
    run("env", "SERVICE_RESULT=watchdog", f"STATE_DIRECTORY={tmp_path}", *shlex.split(command))
    assert start_reason(tmp_path) == "watchdog"
