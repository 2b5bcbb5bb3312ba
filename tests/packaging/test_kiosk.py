"""The kiosk's package: its recipe, its unit by itself, and (with `make test-deb`) what was built of it."""

import json
import os
import re
import shutil
from configparser import ConfigParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from appliance.kiosk.told import LISTEN
from appliance.kiosk.waiting import NAME
from tests.packaging.debs import ROOT, VERSION, output, run
from tests.packaging.test_units import systemd_analyze

RECIPE = ROOT / "image/deb/kiosk"
UNITS = ROOT / "systemd/kiosk"
PACKAGE = ROOT / "dist" / f"offhook-kiosk_{VERSION}_all.deb"
built = pytest.mark.skipif("OFFHOOK_TEST_DEB" not in os.environ, reason="needs the built package: make test-deb")


def unit(name: str = "offhook-kiosk.service") -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # as its documentation says
    parser.read(UNITS / name)
    return parser


@pytest.mark.parametrize(
    "script",
    [*sorted(RECIPE.glob("p*t*")), RECIPE / "kiosk-output", RECIPE.parent / "kiosk.sh"],
    ids=lambda path: path.name,
)
def test_a_shell_reads_it(script: Path) -> None:
    if script.suffix != ".json":
        assert run("sh", "-n", script).returncode == 0


@systemd_analyze
def test_what_runs_a_browser_is_exposed_by_three_at_most() -> None:
    judged = run(
        "systemd-analyze", "security", "--offline=true", "--threshold=30", "--no-pager", UNITS / "offhook-kiosk.service"
    )
    assert judged.returncode == 0, judged.stdout[-3000:]


@systemd_analyze
def test_what_asks_for_a_restart_is_as_closed_as_the_others() -> None:
    path = UNITS / "offhook-kiosk-restart.service"
    assert run("systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", path).returncode == 0


def test_what_is_open_is_explained() -> None:
    text = (UNITS / "offhook-kiosk.service").read_text()
    explained = text[text.index("# What stays open:") :]
    for name in (
        "PrivateDevices",
        "PrivateNetwork",
        "PrivateUsers",
        "PrivateIPC",
        "ProcSubset",
        "MemoryDenyWriteExecute",
    ):
        assert f"# {name}=" in explained
        assert f"\n{name}=" not in text


def test_a_browser_is_bounded_reaches_nobody_else_and_opens_no_keyboard() -> None:
    service = unit()["Service"]
    assert {"MemoryHigh", "MemoryMax", "MemorySwapMax", "TasksMax", "OOMPolicy"} <= set(service)
    assert (service["IPAddressDeny"], service["IPAddressAllow"]) == ("any", "localhost")
    assert service["SupplementaryGroups"].split() == ["video", "render"]
    text = (UNITS / "offhook-kiosk.service").read_text()
    assert re.findall(r"^DeviceAllow=(.*)$", text, re.MULTILINE) == ["char-drm rw"]
    assert "WLR_LIBINPUT_NO_DEVICES=1" in text


def test_the_pages_of_the_box_and_our_own_are_all_that_a_browser_may_open() -> None:
    policies = json.loads((RECIPE / "policies.json").read_text())
    folder = unit()["Service"]["RuntimeDirectory"]
    assert policies["URLBlocklist"] == ["*"]
    assert policies["URLAllowlist"] == [f"http://{LISTEN}", f"file:///run/{folder}/{NAME}"]
    assert [urlsplit(url).netloc for url in policies["AutoplayAllowlist"]] == [LISTEN]


@pytest.mark.parametrize(
    ("screens", "says"),
    [
        ({}, ""),
        ({"card0-HDMI-A-1": "disconnected"}, ""),
        ({"card1-HDMI-A-1": "disconnected", "card1-HDMI-A-2": "connected"}, "WL_OUTPUT=HDMI-A-2\n"),
        ({"card1-HDMI-A-1": "connected", "card0-DSI-1": "connected"}, "WL_OUTPUT=DSI-1\n"),
        ({"card0-DP-1": "connected"}, "WL_OUTPUT=DP-1\n"),
    ],
)
def test_touch_belongs_to_the_screen_that_is_connected(tmp_path: Path, screens: dict[str, str], says: str) -> None:
    for name, status in screens.items():
        (tmp_path / "class/drm" / name).mkdir(parents=True)
        (tmp_path / "class/drm" / name / "status").write_text(f"{status}\n")
    told = run("sh", RECIPE / "kiosk-output", tmp_path)
    assert (told.stdout, told.stderr, told.returncode) == (says, "", 0)


def test_the_pointer_is_one_picture_of_one_pixel_that_nobody_sees() -> None:
    text = (RECIPE.parent / "kiosk.sh").read_text()
    pointer = re.search(r"^pointer\(\) \{.*?^\}$", text, re.MULTILINE | re.DOTALL)
    assert pointer
    made = bytes.fromhex(output("sh", "-c", f"{pointer[0]}\npointer | od -An -v -tx1"))
    words = [int.from_bytes(made[at : at + 4], "little") for at in range(4, len(made), 4)]
    assert made[:4] == b"Xcur"
    assert words[:3] == [16, 0x10000, 1]  # Xcursor(3): size of the header, version, pictures
    kind, size, at = words[3:6]
    assert (kind, size, at) == (0xFFFD0002, 24, 28)
    assert words[6:] == [36, kind, size, 1, 1, 1, 0, 0, 0, 0]  # one by one, no delay, transparent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("kiosk")
    output("dpkg-deb", "--raw-extract", PACKAGE, where)
    return where


@built
def test_it_is_for_any_machine_and_this_very_firmware(unpacked: Path) -> None:
    control = (unpacked / "DEBIAN/control").read_text()
    assert "Architecture: all" in control
    assert f"offhook (= {VERSION})" in control
    assert {"cage", "chromium", "kanshi", "seatd"} <= set(re.findall(r"[\w-]+", control))
    assert {path.name for path in (unpacked / "usr/lib/systemd/system").iterdir()} == {
        *("offhook-kiosk.service", "offhook-kiosk-restart.service", "offhook-kiosk-restart.timer")
    }


@built
def test_lintian_finds_no_error() -> None:
    judged = run("lintian", "--allow-root", PACKAGE, timeout=120)
    assert "E: " not in judged.stdout, judged.stdout
    assert judged.returncode == 0, judged.stderr


@built
def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("image", "systemd"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    when = output("git", "-C", ROOT, "log", "-1", "--format=%ct").strip()
    output("env", f"SOURCE_DATE_EPOCH={when}", "sh", tmp_path / "image/deb/kiosk.sh", VERSION)
    assert (tmp_path / "dist" / PACKAGE.name).read_bytes() == PACKAGE.read_bytes()
