"""What this machine lacks for the bench, in plain words: `python -m tests.hardware.needs`; exits 1 if anything is."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator

NEEDED = {"qemu-system-x86_64": "qemu-system-x86", "mmdebstrap": "mmdebstrap", "mke2fs": "e2fsprogs", "xz": "xz-utils"}
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"))


def lacking() -> Iterator[str]:
    """Everything that stands in the way."""
    if platform.machine() != "x86_64":
        yield f"the bench's guest is x86-64, like its kernel modules; this machine is {platform.machine()}"
    packages = [package for command, package in NEEDED.items() if shutil.which(command, path=PLACES) is None]
    if packages:
        yield f"on Debian: sudo apt install {' '.join(packages)}"
    if os.geteuid() != 0:
        yield "the guest's disk is put together as root: sudo make test-hardware"


def main() -> int:
    """Says what is lacking."""
    problems = list(lacking())
    for problem in problems:
        print(f"make test-hardware: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
