"""What a card is made of: `manifest.py ROOT KERNEL_VERSIONS LOCK NAME`.

Writes NAME.manifest.txt and NAME.cdx.json (CycloneDX 1.5). Debian's archive keeps only the newest version of a
package, so versions cannot be asked for: they are recorded in LOCK, and what differs is told. With STRICT=1 in the
environment it ends with 3 then. LOCK=write writes LOCK anew.
"""

import json
import os
import sys
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

OWN = ("offhook", "offhook-kiosk")
"""The project's packages: their versions are what a build is about."""


class Part(NamedTuple):
    """A package in the image: of Debian, or a Python distribution within the firmware's package."""

    kind: str  # "deb" or "pypi"
    name: str
    version: str
    architecture: str = ""
    source: str = ""

    @property
    def purl(self) -> str:
        """Its package URL."""
        where = "deb/debian" if self.kind == "deb" else "pypi"
        tail = f"?arch={self.architecture}&distro=trixie" if self.kind == "deb" else ""
        return f"pkg:{where}/{quote(self.name, safe='+.-')}@{quote(self.version, safe='+.-~')}{tail}"


def installed(status: str) -> Iterator[Part]:
    """The packages in dpkg's status file."""
    for paragraph in status.split("\n\n"):
        fields = HeaderParser().parsestr(paragraph)
        if fields.get("Status", "").endswith(" installed"):
            yield _debian(dict(fields.items()))


def unpacked(versions: str) -> Iterator[Part]:
    """Those that were laid in without being installed; a line is `Package=… Version=… Architecture=… Source=…`."""
    for line in versions.splitlines():
        yield _debian(dict(word.split("=", 1) for word in line.split(" ") if "=" in word))


def _debian(fields: dict[str, str]) -> Part:
    source = fields.get("Source", fields["Package"]).split(" ")[0]
    return Part("deb", fields["Package"], fields["Version"], fields["Architecture"], source)


def distributions(folder: Path) -> Iterator[Part]:
    """The Python distributions below a folder."""
    for metadata in [*folder.glob("*.dist-info/METADATA"), *folder.glob("*.egg-info/PKG-INFO")]:
        fields = HeaderParser().parsestr(metadata.read_text(encoding="utf-8"))
        yield Part("pypi", fields["Name"], fields["Version"])


def drift(locked: str, parts: list[Part]) -> list[str]:
    """In which packages of Debian the image differs from the lock; the project's own package is nobody's drift."""
    before = dict(line.split(" ", 1) for line in locked.splitlines() if line and not line.startswith("#"))
    now = dict(lock_lines(parts))
    words = {name: (before.get(name, "none"), now.get(name, "none")) for name in sorted(before.keys() | now.keys())}
    return [f"{name}: {old} in versions.lock, {new} in the image" for name, (old, new) in words.items() if old != new]


def lock_lines(parts: list[Part]) -> list[tuple[str, str]]:
    """Names and versions as the lock has them."""
    return sorted((part.name, part.version) for part in parts if part.kind == "deb" and part.name not in OWN)


def sbom(name: str, parts: list[Part]) -> dict[str, object]:
    """The bill of materials, CycloneDX 1.5. Without time or serial number: the same parts give the same file."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "firmware", "name": name}},
        "components": [
            {
                "type": "library" if part.kind == "pypi" else "application",
                "bom-ref": part.purl,
                "name": part.name,
                "version": part.version,
                "purl": part.purl,
            }
            for part in parts
        ],
    }


def main(root: Path, versions: Path, lock: Path, name: str) -> int:
    """Writes both files; 3 if the versions are not those of the lock and STRICT is set."""
    status = (root / "usr/lib/card/dpkg/status").read_text(encoding="utf-8")
    found = {*installed(status), *unpacked(versions.read_text()), *distributions(root / "usr/lib/offhook/python")}
    parts = sorted(found)
    lines = [f"{part.kind} {part.name} {part.version} {part.architecture} {part.source}".rstrip() for part in parts]
    Path(f"{name}.manifest.txt").write_text("\n".join(lines) + "\n")
    Path(f"{name}.cdx.json").write_text(json.dumps(sbom(Path(name).name, parts), indent=1) + "\n")
    if os.environ.get("LOCK") == "write":
        head = "# Debian's packages in the card as it was built last and tested. Written by LOCK=write make image.\n"
        lock.write_text(head + "".join(f"{package} {version}\n" for package, version in lock_lines(parts)))
    differences = drift(lock.read_text() if lock.exists() else "", parts)
    for difference in differences:
        print(f"offhook: {difference}", file=sys.stderr)
    return 3 if differences and os.environ.get("STRICT") else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]))
