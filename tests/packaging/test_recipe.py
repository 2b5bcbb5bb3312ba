"""The parts of the package's recipe that can be tried without building it."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from appliance.config.load import load
from drivers.speakerphone.device import find_speakerphones
from drivers.speakerphone.fake import DESCRIPTOR
from tests.packaging.debs import run

RECIPE = Path(__file__).parents[2] / "image" / "deb"
LOCK = """# a comment
lgpio==0.2.2.0 ; platform_machine == 'aarch64' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
luma-core==2.6.0 \\
    --hash=sha256:cc
"""
KEYBOARD = bytes.fromhex("05 01 09 06 A1 01 05 07 19 00 29 65 15 00 25 65 95 06 75 08 81 00 C0")


@pytest.fixture(scope="module")
def locked() -> ModuleType:
    spec = importlib.util.spec_from_file_location("locked", RECIPE / "locked.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_built_is_not_judged_by_this_machine(locked: ModuleType) -> None:
    (entry,) = locked.part(LOCK, "only", {"lgpio"})
    assert entry.split() == ["lgpio==0.2.2.0", "\\", "--hash=sha256:aa", "\\", "--hash=sha256:bb"]


def test_the_rest_of_the_lock_file_keeps_its_hashes(locked: ModuleType) -> None:
    assert list(locked.part(LOCK, "without", {"lgpio"})) == ["luma-core==2.6.0 \\\n    --hash=sha256:cc"]


def test_a_name_that_is_not_locked_is_refused(locked: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"has no evdev"):
        list(locked.part(LOCK, "without", {"evdev"}))


@pytest.mark.parametrize("name", ["build.sh", "headers.sh", "postinst", "prerm", "postrm", "card-changed"])
def test_scripts_are_shell(name: str) -> None:
    assert run("sh", "-n", RECIPE / name).returncode == 0


def test_the_example_is_a_configuration() -> None:
    room = load(RECIPE / "room.toml")
    assert room.display is not None
    assert room.hardware == "pi"
    assert set(room.buttons) == {"call", "hangup", "mute"}


def asked_by_udev(device: Path) -> subprocess.CompletedProcess[str]:
    """The helper as it is, with this checkout's drivers for the installed ones."""
    environ = {**os.environ, "PYTHONPATH": str(RECIPE.parents[1])}
    command = [sys.executable, RECIPE / "hid-telephony", device]
    return subprocess.run([str(word) for word in command], env=environ, capture_output=True, text=True, timeout=10)


FIELD = Path(__file__).parent.parent / "drivers" / "speakerphone" / "field"


@pytest.mark.slow
def test_udev_agrees_with_the_driver_on_every_device_from_the_field(tmp_path: Path) -> None:
    descriptors = sorted(FIELD.glob("*.hex"))
    assert descriptors
    for number, path in enumerate(descriptors):
        device = tmp_path / f"hidraw{number}" / "device"
        device.mkdir(parents=True)
        (device / "report_descriptor").write_bytes(bytes.fromhex(path.read_text()))
        (device / "uevent").write_text(f"HID_NAME={path.stem}\n")
        assert asked_by_udev(device.parent).stdout == "telephony\n"
    assert {found.name for found in find_speakerphones(tmp_path, tmp_path)} == {path.stem for path in descriptors}


@pytest.mark.parametrize(
    ("descriptor", "says", "code"),
    [(DESCRIPTOR, "telephony", 0), (KEYBOARD, "other", 0), (b"\xfe", "", 1), (None, "", 1)],
)
def test_udev_is_told_what_is_a_telephone(tmp_path: Path, descriptor: bytes | None, says: str, code: int) -> None:
    if descriptor is not None:
        (tmp_path / "device").mkdir()
        (tmp_path / "device" / "report_descriptor").write_bytes(descriptor)
    told = asked_by_udev(tmp_path)
    assert (told.stdout.strip(), told.returncode) == (says, code)
    assert told.stderr == ""
