"""sbom.py DEB...: writes the bill of materials of each package beside it, as NAME.cdx.json (CycloneDX 1.5).

The card has one of its own, from the same functions. Here are the Python distributions within the package; what it
takes from Debian is in its `Depends`, and Debian tells of that.
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1] / "image" / "card"))
from manifest import distributions, sbom  # the path first


def bill(deb: Path) -> dict[str, Any]:
    """Returns the bill of a package; raises CalledProcessError where it is none."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(("dpkg-deb", "--extract", deb, folder), check=True)  # noqa: S603, S607  # Debian's
        parts = sorted(set(distributions(Path(folder, "usr/lib/offhook/python"))))
    made = sbom(deb.stem, parts)
    return {**made, "metadata": {"component": {**_component(deb), "type": "application"}}}


def _component(deb: Path) -> dict[str, Any]:
    fields = dict(_fields(deb))
    digest = hashlib.sha256(deb.read_bytes()).hexdigest()
    return {
        "name": fields["Package"],
        "version": fields["Version"],
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "properties": [
            {"name": f"debian:{name.lower()}", "value": fields[name]}
            for name in ("Architecture", "Depends")
            if name in fields
        ],
    }


def _fields(deb: Path) -> Iterator[tuple[str, str]]:
    command = ("dpkg-deb", "--field", deb, "Package", "Version", "Architecture", "Depends")
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # as above
    for line in said.replace("\n ", " ").splitlines():
        name, _, value = line.partition(": ")
        yield name, value


def main(debs: list[Path]) -> None:
    """Writes them all."""
    for deb in debs:
        place = deb.with_name(f"{deb.stem}.cdx.json")
        place.write_bytes(msgspec.json.format(msgspec.json.encode(bill(deb)), indent=1) + b"\n")
        print(place)


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
