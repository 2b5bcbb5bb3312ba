"""audit.py: looks for known vulnerabilities in the versions that `requirements/` locks.

pip-audit asks the database of published vulnerabilities, for each lock file. Where the database cannot be reached, the
installed versions are compared with the latest ones of the registry instead: that says how old they are, not whether
they are safe, and the output says so. Ends with 1 where a vulnerability is known, or a
single version was not audited.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[1]
LOCKS = ("runtime", "dev", "site", "fuzz", "mutation", "audit")
WITHIN = 600  # seconds for one lock file; the database is asked once a package


def main() -> int:
    """Returns the exit code."""
    audited = {name: audit(ROOT / "requirements" / f"{name}.txt") for name in LOCKS}
    if None in audited.values():
        print("the database of vulnerabilities cannot be reached: NOT AUDITED, versions compared with the latest only")
        print("\n".join(compared(outdated())) or "every installed version is the latest")
        return 0
    lines = sorted({line for found in audited.values() for line in (*known(found or {}), *skipped(found or {}))})
    print("\n".join(lines) or f"no known vulnerability in what {', '.join(LOCKS)} lock")
    return 1 if lines else 0


def audit(lock: Path) -> dict[str, Any] | None:
    """Returns what pip-audit says of a lock file; None where it could not ask."""
    words = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")
    command = (sys.executable, "-m", "pip_audit", "--requirement", lock, *words)
    try:
        said = subprocess.run(command, check=False, capture_output=True, text=True, timeout=WITHIN).stdout  # noqa: S603  # our own words
        report = msgspec.json.decode(said, type=dict[str, Any])
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        return None
    packages = report.get("dependencies", ())
    return report if any("vulns" in package for package in packages) else None


def skipped(report: dict[str, Any]) -> Iterator[str]:
    """Yields a line for each package that the database did not have: a mirror may know none at all."""
    for package in report.get("dependencies", ()):
        if "skip_reason" in package:
            yield f"{package['name']}: NOT AUDITED, {package['skip_reason']}"


def known(report: dict[str, Any]) -> Iterator[str]:
    """Yields a line for each vulnerability of a report."""
    for package in report.get("dependencies", ()):
        for each in package.get("vulns", ()):
            fixed = " or ".join(each.get("fix_versions", ())) or "no version yet"
            yield f"{package['name']} {package['version']}: {each['id']}, fixed in {fixed}"


def outdated() -> list[dict[str, str]]:
    """Returns the installed packages of which there is a later version."""
    command = (sys.executable, "-m", "pip", "--disable-pip-version-check", "list", "--outdated", "--format", "json")
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # as above
    return msgspec.json.decode(said, type=list[dict[str, str]])


def compared(packages: list[dict[str, str]]) -> Iterator[str]:
    """Yields a line for each of these packages."""
    for package in sorted(packages, key=lambda each: each["name"].lower()):
        yield f"{package['name']} {package['version']}: the latest is {package['latest_version']}"


if __name__ == "__main__":
    sys.exit(main())
