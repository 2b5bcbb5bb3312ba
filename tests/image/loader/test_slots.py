"""A slot that cannot be started gives way to the other one, and a kernel of usual size is read in a moment."""

import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.image.loader import fake
from tests.image.loader.bench import Bench, first, note
from tests.image.loader.board import virt

pytestmark = [pytest.mark.image, pytest.mark.slow]


BROKEN: dict[str, Callable[[bytes], Mapping[str, bytes | None]]] = {
    "no kernel": lambda _: {"boot/vmlinuz": None},
    "half a kernel": lambda kernel: {"boot/vmlinuz": fake.named(kernel, "A")[: len(kernel) // 3]},
    "a kernel with one wrong byte": lambda kernel: {"boot/vmlinuz": flipped(fake.named(kernel, "A"))},
    "no kernel but a text": lambda _: {"boot/vmlinuz": b"a text\n" * 100},
    "an empty kernel": lambda _: {"boot/vmlinuz": b""},
    "another file in the kernel's place": lambda kernel: {"boot/vmlinuz": fake.named(kernel, "X")},
    "a kernel that is none, with its check sum": lambda _: fake.complete(
        {"boot/vmlinuz": b"a text\n" * 100, "boot/initrd": fake.INITRD}, "offhook.test"
    ),
    "no initial file system": lambda _: {"boot/initrd": None},
    "an initial file system with one wrong byte": lambda _: {"boot/initrd": flipped(fake.INITRD)},
    "a command line without check sums": lambda _: {"boot/cmdline.env": b"bootargs_slot=offhook.test\n"},
    "no command line": lambda _: {"boot/cmdline.env": None},
}


def flipped(text: bytes) -> bytes:
    middle = len(text) // 2
    return text[:middle] + bytes([text[middle] ^ 1]) + text[middle + 1 :]


@pytest.mark.parametrize("fault", BROKEN)
def test_a_slot_that_cannot_start_gives_way_to_the_next(loader: Path, bench: Bench, fault: str) -> None:
    bench.fill(BROKEN[fault](bench.kernel))
    assert [first(loader, bench) for _ in range(3)] == list("BBB")
    assert bench.linux()["BOOT_A_LEFT"] == bench.linux()["BOOT_B_LEFT"] == "0"
    assert first(loader, bench) == ""  # none is left: both get their tries again
    assert first(loader, bench) == "B"


@pytest.mark.parametrize("content", ["zeros", "noise", "a file system without its end"])
def test_a_slot_that_is_no_file_system_gives_way_to_the_next(loader: Path, bench: Bench, content: str) -> None:
    whole = bench.slot("A")
    bad = {
        "zeros": bytes(len(whole)),
        "noise": random.Random(1).randbytes(1 << 20),
        "a file system without its end": whole[:1200] + bytes(len(whole) - 1200),
    }
    bench.patch(fake.SLOT_A, bad[content])
    assert first(loader, bench) == "B"


def test_a_kernel_that_is_not_compressed_starts_too(loader: Path, bench: Bench) -> None:
    kernel = bench.kernel.replace(b"SLOT ?", b"SLOT A")
    bench.fill({**fake.complete({"boot/vmlinuz": kernel, "boot/initrd": fake.INITRD}, "offhook.test")})
    assert first(loader, bench) == "A"


@pytest.mark.parametrize("options", [fake.PACKED, ("-x1",)], ids=["lz4", "plain"])
def test_a_kernel_of_usual_size_is_read_in_a_moment(loader: Path, bench: Bench, options: tuple[str, ...]) -> None:
    """20 MB that cannot be packed further, as a compressed kernel is, and 6 MB for the initial file system."""
    noise = random.Random(2).randbytes(20_000_000)
    kernel = fake.named(bench.kernel + noise, "A")
    files = fake.complete({"boot/initrd": noise[:6_000_000], "boot/vmlinuz": kernel}, "offhook.test")
    bench.patch(fake.SLOT_A, bench.slot("A", files, *options))
    began = time.monotonic()
    with virt(loader, bench.path) as machine:
        assert machine.starts(1) == ["A"]
    note(**{f"virt_26_mb_{'lz4' if options == fake.PACKED else 'plain'}_s": round(time.monotonic() - began, 2)})
