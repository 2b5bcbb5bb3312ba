"""A throw-away Debian 13 with the package in it, in a namespace of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.packaging.debs import ROOT, output, package

FIRMWARE = "systemd,systemd-sysv,udev,python3-evdev,python3-pyudev,python3-serial,python3-jinja2,libfribidi0,openssl"
# what a card has as well for a fleet, and what plays its house: DHCP, names, a network of its own
FLEET = "age,openssh-client,ca-certificates,systemd-resolved,libnss-resolve,iproute2,dnsmasq-base"
# wlr-randr and grim: what they say of the screen and see on it; procps: who runs
KIOSK = "cage,chromium,kanshi,seatd,libegl-mesa0,libgl1-mesa-dri,fonts-dejavu-core,wlr-randr,grim,procps"
BASE_TIME = 900.0  # seconds; 90 on two cores, most of them downloads and packages' scripts
BOOT_TIME = 240.0  # seconds that a boot with everything it checks may take
COMMON = Path(__file__).with_name("common.sh")
UNIT = """[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=-/bin/bash /root/checks.sh
ExecStart=/usr/bin/systemctl --no-block poweroff
StandardOutput=append:/root/facts
StandardError=append:/root/errors
"""


def recipe(packages: str) -> tuple[str, ...]:
    """How a Debian with these packages is made."""
    return (
        "mmdebstrap",
        "--variant=minbase",
        f"--include={packages}",
        "--dpkgopt=path-exclude=/usr/share/man/*",
        "--dpkgopt=path-exclude=/usr/share/locale/*",
        "trixie",
    )


def base(packages: str = FIRMWARE) -> Path:
    """The Debian without our packages, made once for each recipe; says meanwhile what it does."""
    made = recipe(packages)
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "offhook"
    tar = cache / f"packaging-{hashlib.sha256(' '.join(made).encode()).hexdigest()[:16]}.tar"
    if not tar.exists():
        cache.mkdir(parents=True, exist_ok=True)
        fresh = tar.with_suffix(".new.tar")
        mirror = output("sh", ROOT / "image/deb/mirror.sh", timeout=30).strip()
        subprocess.run([*made, fresh, f"deb {mirror} trixie main"], check=True, timeout=BASE_TIME)
        fresh.rename(tar)
    return tar


class Machine:
    """A root file system; commands run in it as in a container without a network."""

    def __init__(self, root: Path, debs: Sequence[Path] = ()) -> None:
        """`debs`: our packages; the firmware's alone unless there are others."""
        self.root = root
        self._debs = [*debs] or [package("amd64")]

    def says(self, command: str) -> str:
        """What a shell command in it says; fails with it."""
        done = self._nspawn("--pipe", "sh", "-euc", command)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
        return done.stdout

    def install(self) -> str:
        """Installs the packages, or upgrades to them; the firmware's stays as /var/offhook.deb."""
        shutil.copy(self._debs[0], self.root / "var" / "offhook.deb")
        for deb in self._debs[1:]:
            shutil.copy(deb, self.root / "var")
        return self.says(f"cd /var && dpkg --install offhook.deb {' '.join(deb.name for deb in self._debs[1:])} 2>&1")

    def boot(self, checks: Path, within: float = BOOT_TIME) -> dict[str, str]:
        """Boots it, runs a script in it, and returns the lines NAME=VALUE that it printed; `within`: seconds."""
        (self.root / "root" / "checks.sh").write_text(COMMON.read_text() + checks.read_text())
        system = self.root / "etc" / "systemd" / "system"
        (system / "checks.service").write_text(UNIT)
        (system / "multi-user.target.wants" / "checks.service").symlink_to("/etc/systemd/system/checks.service")
        console = self._nspawn("--boot", "--console=read-only", timeout=within).stdout
        facts = (self.root / "root" / "facts").read_text()
        assert "end=end" in facts, facts + (self.root / "root" / "errors").read_text() + console[-3000:]
        return dict(line.split("=", 1) for line in facts.splitlines() if "=" in line)

    def _nspawn(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        command = [
            "systemd-nspawn",
            "--quiet",
            "--register=no",
            "--keep-unit",
            "--private-network",
            "-D",
            str(self.root),
        ]
        name = ["-M", self.root.parent.name.replace("_", "-")]
        environ = {**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.run([*command, *name, *arguments], **streams, env=environ, text=True, timeout=timeout)  # type: ignore[call-overload, no-any-return]  # mypy does not see through the dictionary


@contextmanager
def installed(where: Path, packages: str = FIRMWARE, debs: Sequence[Path] = ()) -> Iterator[Machine]:
    """A machine with our packages just installed; it is removed in the end."""
    (where / "root").mkdir()
    output("tar", "-xf", base(packages), "-C", where / "root", timeout=300)
    machine = Machine(where / "root", debs)
    try:
        machine.install()
        yield machine
    finally:
        shutil.rmtree(where / "root")


if __name__ == "__main__":
    for more in (KIOSK,) if "kiosk" in sys.argv else ("", FLEET):
        base(f"{FIRMWARE},{more}".rstrip(","))
