"""The functions of the initial file system, on plain folders: finding the card, mending it, the device's identity."""

import hashlib
import struct
from pathlib import Path

import pytest

from tests.image.recipe import RECIPE, lacks, run

BLOCK = 4096
TEXT = "offhook-slot=1\nversion=0.2.0\nblocks={blocks}\nhash_start={start}\nsalt=5a17\nroot=4007\n"


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


def slot(folder: Path, blocks: int = 3, *, said: int | None = None) -> Path:
    """A file that begins as an EROFS of so many blocks does, with a text behind that may speak of another number."""
    root = bytearray(BLOCK * blocks)
    struct.pack_into("<I8xB23xI", root, 1024, 0xE0F5E1E2, 12, blocks)
    said = blocks if said is None else said
    text = TEXT.format(blocks=said, start=said + 1)
    text += f"check={hashlib.sha256(text.encode()).hexdigest()}\n"
    path = folder / "slot"
    path.write_bytes(bytes(root) + text.encode().ljust(BLOCK, b"\0") + b"tree".ljust(BLOCK, b"\0"))
    return path


def damage(path: Path, place: int) -> None:
    """One bit of a file is another."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0x10]))


def test_a_root_is_opened_by_what_the_text_behind_it_says(kernel: Kernel, tmp_path: Path) -> None:
    path = slot(tmp_path)
    wanted = f"0 24 verity 1 {path} {path} 4096 4096 3 4 sha256 4007 5a17 2 restart_on_corruption restart_on_error"
    assert kernel.step("verity_of", str(path)) == wanted


def test_a_partition_without_a_root_is_said(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(bytes(BLOCK * 3))
    for name in ("empty", "missing"):
        assert "no root is on" in kernel.step("verity_of", str(tmp_path / name), check=False)


@pytest.mark.parametrize("place", [0, 15, 40, 60, 75, 90, 110, 140])
def test_a_damaged_text_opens_nothing(kernel: Kernel, tmp_path: Path, place: int) -> None:
    path = slot(tmp_path)
    damage(path, BLOCK * 3 + place)
    assert kernel.step("verity_of", str(path), check=False).startswith("failed")


def test_the_text_of_another_root_opens_nothing(kernel: Kernel, tmp_path: Path) -> None:
    path = slot(tmp_path, said=4)
    assert "of another root" in kernel.step("verity_of", str(path), check=False)


@pytest.mark.skipif(bool(lacks("mkfs.erofs", "veritysetup")), reason="needs mkfs.erofs and veritysetup")
def test_what_the_recipe_makes_is_what_the_initial_system_opens(kernel: Kernel, tmp_path: Path) -> None:
    root, path = tmp_path / "root", tmp_path / "slot.img"
    root.mkdir()
    (root / "file").write_bytes(bytes(range(256)) * 4096)
    run("mkfs.erofs", "-zlz4hc", "-x1", str(path), str(root))
    run("sh", "-c", f'. "{RECIPE}/slot.sh"; prove "{path}" 0.2.0')
    words = kernel.step("verity_of", str(path)).split()
    blocks, start, _, tree, salt = words[8:13]
    verify = (
        *("veritysetup", "verify", "--no-superblock", "--salt", salt, "--data-blocks", blocks),
        *("--hash-offset", str(int(start) * BLOCK), str(path), str(path), tree),
    )
    run(*verify)
    damage(path, BLOCK * (int(blocks) - 1))
    assert run(*verify, check=False).returncode != 0


def data(kernel: Kernel, *paths: str) -> Path:
    folder = kernel.folder / "data"
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


def left(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


USED = ("etc/machine-id", "lib/offhook/.hidden", ".hidden/x", "rauc/central.status", "lost+found/#1")


def test_a_data_partition_is_emptied_when_it_was_asked_to_and_answers(kernel: Kernel) -> None:
    folder = data(kernel, *USED, "reset")
    trimmed = kernel.folder / "trimmed"
    assert kernel.step("emptied", str(folder), "touch", str(trimmed)) == ""
    assert left(folder) == {"lost+found", "reset.done"}
    assert (folder / "reset.done").read_text() == "reset"
    assert trimmed.exists()


def test_a_card_that_knows_no_trim_is_emptied_too(kernel: Kernel) -> None:
    folder = data(kernel, *USED, "reset")
    kernel.step("emptied", str(folder), "false")
    assert left(folder) == {"lost+found", "reset.done"}


def test_a_data_partition_is_left_alone_otherwise(kernel: Kernel) -> None:
    folder = data(kernel, *USED, "reset.done")
    before = left(folder)
    kernel.step("emptied", str(folder), "touch", str(folder / "trimmed"))
    assert left(folder) == before


def test_what_cannot_be_emptied_does_not_say_so(kernel: Kernel, tmp_path: Path) -> None:
    folder = data(kernel, *USED, "reset")
    (tmp_path / "find").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "find").chmod(0o755)
    script = f'PATH="{tmp_path}:$PATH"; . "{RECIPE}/initramfs/functions.sh"; emptied "$1" true'
    done = run("sh", "-c", script, "sh", str(folder), check=False)
    assert done.returncode == 1
    assert "cannot be emptied" in done.stderr
    assert (folder / "reset").exists()
    assert not (folder / "reset.done").exists()
