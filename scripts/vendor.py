"""Takes the browser modules that our pages use from the npm registry: `python scripts/vendor.py`.

Each is one file, and is kept as it is but for two things: a bare import, which a browser cannot resolve without a table
that the pages' policy forbids, becomes the path of its file here, and the note of a source map that we do not ship is
left out. Above it stands what it is. The registry's package has to have the hash that is written here.
"""

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent.parent / "appliance/panel/static/vendor"


class Package(NamedTuple):
    """A package of the registry; `integrity` as npm writes it. `modules`: its files that we use, by their names."""

    name: str
    version: str
    licence: str
    integrity: str
    modules: dict[str, str]


PACKAGES = (
    Package(
        "preact",
        "11.2.0",
        "MIT",
        "sha512-/HfHI/7N84e6GrWBJ3J280z3mLaRJiDcSvj/A+y/4AbLnND/1UlGHe1sR6oYuTGwId0nP7dqDU9OnLxMPZ7xBg==",
        {"preact": "dist/preact.mjs", "hooks": "hooks/dist/hooks.mjs"},
    ),
    Package(
        "htm",
        "3.1.1",
        "Apache-2.0",
        "sha512-983Vyg8NwUE7JkZ6NmOqpCZ+sh1bKv2iYTlUkzlWmA5JD2acKoxd4KVxbMmxX/85mtfdnDmTFoNKcg5DGAvxNQ==",
        {"htm": "dist/htm.module.js"},
    ),
)


def packed(package: Package, folder: Path) -> Path:
    """Returns the package's archive. Raises `CalledProcessError`: it cannot be had, `SystemExit`: it is another."""
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout  # noqa: S603  # names above
    archive = folder / name.strip()
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise SystemExit(f"{archive.name} has {found}, expected {package.integrity}")
    return archive


def taken(package: Package, archive: Path) -> dict[str, str]:
    """Returns the files of a package as they stand here, its licence among them."""
    with tarfile.open(archive) as files:

        def text(path: str) -> str:
            file = files.extractfile(f"package/{path}")
            if file is None:
                raise SystemExit(f"{package.name} has no file {path}")
            return file.read().decode()

        modules = {f"{name}.js": _module(package, path, text(path)) for name, path in package.modules.items()}
        return {**modules, f"{package.name}.LICENSE": text("LICENSE")}


def _module(package: Package, path: str, source: str) -> str:
    kept = "\n".join(line for line in source.splitlines() if not line.startswith("//# sourceMappingURL"))
    for name in (name for other in PACKAGES for name in other.modules):
        kept = kept.replace(f'from"{name}"', f'from"./{name}.js"')
    head = f"// {package.name} {package.version}, {path}; {package.licence}, see {package.name}.LICENSE\n"
    return f"{head}// {package.integrity}\n{kept.rstrip()}\n"


def all_taken() -> dict[str, str]:
    """Returns every file by its name here."""
    with tempfile.TemporaryDirectory() as folder:
        return {
            name: text for package in PACKAGES for name, text in taken(package, packed(package, Path(folder))).items()
        }


if __name__ == "__main__":
    HERE.mkdir(parents=True, exist_ok=True)
    for name, text in all_taken().items():
        (HERE / name).write_text(text)
