"""New versions of the card: the built one with something changed, as slots and in bundles that somebody has signed."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.image.recipe import RECIPE, TOOLS, run

COMPATIBLE = "offhook-card-arm64"
METADATA = "usr/lib/offhook/python/offhook-*.dist-info/METADATA"
LONG = 600  # seconds that packing a slot may take
MANIFEST = """[update]
compatible={compatible}
version={version}
[bundle]
format=plain
[image.rootfs]
filename=slot.img
"""

DROP_IN = "usr/lib/systemd/system/offhook.service.d/other.conf"

Change = Callable[[Path], None]


class Maintainer:
    """Who signs bundles: a key and its own certificate."""

    def __init__(self, folder: Path, name: str) -> None:
        self.key, self.certificate = folder / f"{name}.key", folder / f"{name}.pem"
        new = (
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "3650",
        )
        run(*new, "-subj", f"/CN={name}", "-keyout", str(self.key), "-out", str(self.certificate))

    def bundle(self, slot: Path, version: str, *, compatible: str = COMPATIBLE) -> Path:
        """A bundle with a slot in it."""
        folder = slot.parent / f"bundle-{self.key.stem}-{version}-{compatible}"
        folder.mkdir()
        os.link(slot, folder / "slot.img")
        (folder / "manifest.raucm").write_text(MANIFEST.format(compatible=compatible, version=version))
        made = folder.with_name(f"{folder.name}.raucb")
        # what is in a slot is compressed already
        signed = ("--cert", str(self.certificate), "--key", str(self.key), "--keyring", str(self.certificate))
        long("rauc", *signed, "bundle", "--mksquashfs-args=-noD -noF -no-fragments", str(folder), str(made))
        return made


class Versions:
    """Versions made of a built one."""

    def __init__(self, slot: Path, folder: Path) -> None:
        """`slot`: the built one."""
        self._folder = folder
        self._root = folder / "root"
        long("fsck.erofs", f"--extract={self._root}", str(slot))

    def slot(self, version: str, change: Change | None = None) -> Path:
        """The slot of a version, in which something is changed."""
        place = self._folder / f"slot-{version}"
        root = place / "root"
        place.mkdir()
        long("cp", "-al", str(self._root), str(root))
        (metadata,) = root.glob(METADATA)
        replace(metadata, "\n".join(_renamed(line, version) for line in metadata.read_text().split("\n")))
        if change is not None:
            change(root)
        made = place / "slot.img"
        long("mkfs.erofs", "-zlz4", "-C65536", "-T1767225600", "-x1", str(made), str(root))
        long("sh", "-c", f'. "{RECIPE}/slot.sh"; prove "{made}" {version}')
        long("rm", "-r", str(root))
        return made


def replace(path: Path, text: str | bytes) -> None:
    """Another file in the place of one that other versions have as well."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def _renamed(line: str, version: str) -> str:
    return f"Version: {version}" if line.startswith("Version: ") else line


def long(*command: str) -> None:
    """A program that takes its time."""
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=LONG,
        env={**os.environ, "PATH": TOOLS, "LC_ALL": "C"},
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"


def kernel_is_garbage(root: Path) -> None:
    """What is to be started is no kernel."""
    replace(root / "boot/vmlinuz", os.urandom(1 << 20))


def panics(root: Path) -> None:
    """The kernel starts, and finds nothing to go on with."""
    text = (root / "boot/cmdline.env").read_text()
    assert "panic=10" in text
    replace(root / "boot/cmdline.env", text.replace("panic=10", "panic=1 rdinit=/missing"))


def service_crashes(root: Path) -> None:
    """The firmware ends as soon as it is started."""
    replace(root / DROP_IN, "[Service]\nExecStart=\nExecStart=/bin/false\n")


def link_never_comes(root: Path) -> None:
    """The firmware runs, and reaches no terminal."""
    replace(root / DROP_IN, "[Service]\nIPAddressDeny=any\n")


def refuses_the_time_zone(root: Path) -> None:
    """It wants another time zone than the room has."""
    package = root / "usr/lib/offhook/python/appliance/config"
    text = (package / "machine.py").read_text()
    assert '_ZONE = re.compile(r"' in text
    replace(package / "machine.py", text.replace('_ZONE = re.compile(r"', '_ZONE = re.compile(r"Mars/'))
    for compiled in (package / "__pycache__").glob("machine.*"):
        compiled.unlink()
