"""Builds the pages of the Python API into build/site: writes a page for each package, and calls Sphinx."""

import importlib
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "api"
SOURCE = ROOT / "build" / "api"
SITE = ROOT / "build" / "site"
DOCTREES = ROOT / "build" / "doctrees"
PACKAGES = ("appliance.terminal", "drivers")
GENERATED = "appliance.terminal.client.catalogue"  # a table for the generators, of no use to a program


def main() -> int:
    """Writes the sources and returns the exit code of Sphinx; a warning is an error."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(PAGES, SOURCE)
    names = [name for root in PACKAGES for name in packages(root)]
    index = SOURCE / "index.rst"
    index.write_text(index.read_text() + "".join(f"   {name}\n" for name in names))
    for name in names:
        (SOURCE / f"{name}.rst").write_text("\n".join(page(name)))
    strict = ["--fail-on-warning", "--keep-going", "--nitpicky"]
    return subprocess.call([sys.executable, "-m", "sphinx", "--quiet", *strict, "-d", DOCTREES, SOURCE, SITE])  # noqa: S603  # our own


def packages(root: str) -> Iterator[str]:
    """Yields the names of a package and of all packages in it."""
    yield root
    paths = importlib.import_module(root).__path__
    yield from sorted(found.name for found in pkgutil.walk_packages(paths, f"{root}.") if found.ispkg)


def page(name: str) -> Iterator[str]:
    """Yields the lines of a package's page: its own names, then its modules one after the other."""
    yield from (name, "=" * len(name), "", f".. automodule:: {name}", "   :members:", "   :undoc-members:", "")
    for module in modules(name):
        yield from (
            module,
            "-" * len(module),
            "",
            f".. automodule:: {module}",
            "   :members:",
            "   :undoc-members:",
            "",
        )


def modules(name: str) -> list[str]:
    """Returns the names of the modules of a package that other programs may use."""
    found = pkgutil.iter_modules(importlib.import_module(name).__path__, f"{name}.")
    return sorted(each.name for each in found if not each.ispkg and each.name != GENERATED)


if __name__ == "__main__":
    sys.exit(main())
