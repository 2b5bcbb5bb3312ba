"""What is new in a version: `changelog.py VERSION` prints its part of CHANGELOG.md, or what is not released yet."""

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


def part(changelog: str, version: str) -> str:
    """The part of a version; that of "Unreleased" where the version has none. Raises ValueError without either."""
    parts = re.split(r"(?m)^## ", changelog)[1:]
    named = {re.split(r"\s", each, maxsplit=1)[0]: each for each in parts}
    found = named.get(version, named.get("Unreleased"))
    if found is None:
        raise ValueError(f"{CHANGELOG.name} has no part {version} and none that is Unreleased")
    _, _, text = found.partition("\n")
    return f"# offhook {version}\n\n{text.strip()}\n"


if __name__ == "__main__":
    sys.stdout.write(part(CHANGELOG.read_text(encoding="utf-8"), sys.argv[1]))
