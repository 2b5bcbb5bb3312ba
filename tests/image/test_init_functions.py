"""The functions of the initial file system, on plain folders: finding the card, mending it, the device's identity."""

import struct
from pathlib import Path

import pytest

from tests.image.recipe import RECIPE, run


class Kernel:
    """The folders in which a kernel shows itself, with disks of a table's signature and their partitions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("proc", "sys/class/block", "sys/devices", "dev"):
            (folder / name).mkdir(parents=True)

    def disk(self, name: str, signature: int, partitions: dict[str, int]) -> None:
        sector = bytearray(512)
        sector[440:444] = struct.pack("<I", signature)
        (self.folder / "dev" / name).write_bytes(sector)
        self._block(Path(name))
        for partition, number in partitions.items():
            self._block(Path(name) / partition)
            (self.folder / "sys/devices" / name / partition / "partition").write_text(f"{number}\n")

    def _block(self, path: Path) -> None:
        device = self.folder / "sys/devices" / path
        device.mkdir()
        (self.folder / "sys/class/block" / path.name).symlink_to(device)

    def step(self, *words: str, check: bool = True) -> str:
        """What a step says, with the status where it may fail."""
        places = {"PROC": "proc", "SYS": "sys", "DEV": "dev"}
        environment = {name: str(self.folder / place) for name, place in places.items()}
        script = f'. "{RECIPE}/initramfs/functions.sh"; "$@"'
        done = run("sh", "-c", script, "sh", *words, check=check, **environment)
        return done.stdout.strip() if done.returncode == 0 else f"failed: {done.stderr.strip()}"


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    return Kernel(tmp_path)


def test_an_option_of_the_command_line_is_its_last_value(kernel: Kernel) -> None:
    (kernel.folder / "proc/cmdline").write_text("console=tty0 root=PARTUUID=1-02 quiet\troot=PARTUUID=6f666801-02\n")
    assert kernel.step("option", "root") == "PARTUUID=6f666801-02"
    assert kernel.step("option", "roo") == ""


def test_a_partition_is_found_by_its_tables_signature(kernel: Kernel) -> None:
    kernel.disk("sda", 0x12345678, {"sda2": 2})
    kernel.disk("mmcblk0", 0x6F666801, {"mmcblk0p1": 1, "mmcblk0p2": 2, "mmcblk0p4": 4})
    assert kernel.step("partition_of_id", "6f666801-02") == "mmcblk0p2"
    assert kernel.step("sibling", "mmcblk0p2", "4") == "mmcblk0p4"


def test_what_is_not_there_is_not_found(kernel: Kernel) -> None:
    kernel.disk("mmcblk0", 0x6F666801, {"mmcblk0p1": 1})
    (kernel.folder / "dev/mmcblk0boot0").write_bytes(b"")
    assert kernel.step("partition_of_id", "6f666801-02", check=False).startswith("failed")
    assert kernel.step("partition_of_id", "6f666802-01", check=False).startswith("failed")
    assert kernel.step("sibling", "mmcblk0p1", "4", check=False).startswith("failed")


def test_a_card_that_never_answers_is_waited_for_no_longer_than_said(kernel: Kernel) -> None:
    assert kernel.step("wait_for_partition", "6f666801-02", "2", check=False).startswith("failed")


def test_a_new_device_gets_an_identity_of_its_own_and_keeps_it(kernel: Kernel, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for etc in (first, second):
        etc.mkdir()
        kernel.step("identity", str(etc))
    one, other = ((etc / "machine-id").read_text() for etc in (first, second))
    assert one != other
    assert len(one) == 33
    assert int(one, 16)
    kernel.step("identity", str(first))
    assert (first / "machine-id").read_text() == one
    assert [path.name for path in first.iterdir()] == ["machine-id"]


@pytest.mark.parametrize(
    "left", ["", "uninitialized\n", "0123", "0123456789ABCDEF0123456789ABCDEF\n", "\0" * 33, "0" * 40 + "\n"]
)
def test_half_an_identity_is_made_anew(kernel: Kernel, tmp_path: Path, left: str) -> None:
    (tmp_path / "machine-id").write_text(left)
    (tmp_path / "machine-id.new").write_text("01")
    kernel.step("identity", str(tmp_path))
    assert len(bytes.fromhex((tmp_path / "machine-id").read_text())) == 16


def checker(folder: Path, *answers: int) -> tuple[str, Path]:
    """A file system checker that gives these exit statuses, one a call, and notes what it was asked."""
    asked = folder / "asked"
    script = folder / "check"
    cases = " ".join(f"{number}) exit {status};;" for number, status in enumerate(answers, 1))
    script.write_text(f'#!/bin/sh\necho "$@" >>"{asked}"\ncase $(wc -l <"{asked}") in {cases} esac\n')
    script.chmod(0o755)
    return str(script), asked


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ((0,), ["-p /dev/x"]),
        ((1,), ["-p /dev/x"]),
        ((4, 1), ["-p /dev/x", "-fy /dev/x"]),
    ],
    ids=["clean", "journal replayed", "damaged, and mended"],
)
def test_the_data_partition_is_mended_no_more_than_it_needs(
    kernel: Kernel, tmp_path: Path, answers: tuple[int, ...], asked: list[str]
) -> None:
    script, notes = checker(tmp_path, *answers)
    kernel.step("mend", "/dev/x", script)
    assert notes.read_text().splitlines() == asked


def test_what_cannot_be_mended_is_said(kernel: Kernel, tmp_path: Path) -> None:
    script, _ = checker(tmp_path, 8, 8)
    assert "damaged" in kernel.step("mend", "/dev/x", script, check=False)


def test_the_data_partition_gets_its_folders(kernel: Kernel, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for _ in range(2):
        kernel.step("folders", str(data))
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in data.iterdir()} == {
        "etc": "0o755",
        "etc.work": "0o700",
        "lib": "0o755",
    }
