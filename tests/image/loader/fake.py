"""A card with two small slots, whose kernels only say which slot they are and reset the machine."""

import gzip
import struct
import zlib
from pathlib import Path

from tests.image.recipe import run

KERNEL = Path(__file__).with_name("kernel.c")
SERIAL = {"rpi": ("-DSERIAL=0x3f201000", "-DRPI"), "qemu": ("-DSERIAL=0x09000000",)}
FLAGS = (
    "-Os",
    "-ffreestanding",
    "-nostdlib",
    "-fpie",
    "-static",
    "-mgeneral-regs-only",
    "-mstrict-align",
    "-fno-toplevel-reorder",
)
LINK = "-Wl,-Ttext=0,--build-id=none,-N,-e,_head,-w"
DISK = 0x6F666801
MIB = 1 << 20
CARD_SIZE = 128 * MIB  # a power of two, as QEMU wants a card
PARTITIONS = ((16, 4), (20, 44), (64, 44), (108, 4))  # MiB: first, length
SLOT_A, SLOT_B = (first * MIB for first, _ in PARTITIONS[1:3])
PACKED = ("-zlz4hc,9", "-C65536")  # as the card's root
UUID = "6f666801-0000-4000-8000-000000000000"  # the same files give the same slot
INITRD = b"an initial file system that nobody reads"


def kernel(board: str, folder: Path) -> bytes:
    """The kernel of a board's slots, not yet with a name."""
    elf, raw = folder / "kernel.elf", folder / "kernel.bin"
    run("aarch64-linux-gnu-gcc", *SERIAL[board], *FLAGS, LINK, "-o", str(elf), str(KERNEL))
    run("aarch64-linux-gnu-objcopy", "-O", "binary", str(elf), str(raw))
    return raw.read_bytes()


def named(kernel: bytes, name: str) -> bytes:
    """That kernel with a slot's name, compressed as a card has it."""
    return gzip.compress(kernel.replace(b"SLOT ?", f"SLOT {name}".encode()), mtime=0)


def files(kernel: bytes, name: str) -> dict[str, bytes]:
    """What a slot's root has for the loader, without device trees."""
    return complete({"boot/vmlinuz": named(kernel, name), "boot/initrd": INITRD}, f"offhook.test name={name}")


def complete(content: dict[str, bytes], line: str) -> dict[str, bytes]:
    """A slot's kernel and initial file system with their check sums and a command line."""
    sums = [f"crc_{Path(name).name}={zlib.crc32(text):08x}\n" for name, text in content.items()]
    return {**content, "boot/cmdline.env": "".join((f"bootargs_slot={line}\n", *sums)).encode()}


def slot(content: dict[str, bytes], folder: Path, options: tuple[str, ...] = PACKED) -> bytes:
    """A slot's file system with these files."""
    root = folder / "root"
    for name, text in content.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text)
    image = folder / "root.erofs"
    run("mkfs.erofs", *options, "-T0", "-x1", "-U", UUID, str(image), str(root))
    made = image.read_bytes()
    run("rm", "-r", str(root), str(image))
    return made


def card(path: Path, slots: dict[int, bytes]) -> None:
    """A card with its table, and at each place what a slot holds."""
    table = b"".join(
        struct.pack("<B3sB3sII", 0, b"\xff" * 3, 0x83, b"\xff" * 3, first * MIB // 512, length * MIB // 512)
        for first, length in PARTITIONS
    )
    with path.open("wb") as disk:
        disk.truncate(CARD_SIZE)
        disk.write(bytes(440) + struct.pack("<IH", DISK, 0) + table + b"\x55\xaa")
        for place, content in slots.items():
            disk.seek(place)
            disk.write(content)
