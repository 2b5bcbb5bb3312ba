"""The guest, made of packages: each part is kept outside the checkout until its recipe changes."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

RECIPE = Path(__file__).parent / "guest"
MIRROR_OF_THIS_MACHINE = Path(__file__).parent.parent.parent / "image/deb/mirror.sh"
SUITE = "trixie"
STEP_TIME = 900.0  # seconds
KEPT = 14 * 86400.0  # seconds that a part nobody used stays
KEPT_LARGE = {"booted": 2 * 86400.0}  # the memory of a machine


class Image(msgspec.Struct, frozen=True):
    """A disk to boot, and the folder with the kernel and initrd to boot it with."""

    disk: Path
    kernel: Path


def build(deb: Path) -> Image:
    """The guest with the firmware's package installed. Subprocess errors carry what a step said."""
    with cache() as place:
        _forget_old(place)
        return _parts(place, deb)


@contextmanager
def cache() -> Iterator[Path]:
    """The folder where parts are kept; one bench at a time makes parts."""
    place = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "offhook" / "hardware"
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place


def kept(cache: Path, part: str, key: str, make: Callable[[Path], None]) -> Path:
    """The part made by this recipe, made now if nobody has made it yet."""
    path = cache / f"{part}-{key}"
    if not path.exists():
        make(path)
    os.utime(path)
    return path


def _parts(cache: Path, deb: Path) -> Image:
    mirror = subprocess.run(["sh", MIRROR_OF_THIS_MACHINE], check=True, capture_output=True, text=True, timeout=30)
    source = (mirror.stdout.strip(), SUITE)
    kernel = kept(
        cache,
        "kernel",
        _key(_recipe("kernel.sh", "init", "modules.txt"), source),
        lambda out: _run("kernel.sh", out, *source),
    )
    depends = _depends(deb)
    root = kept(
        cache,
        "root",
        _key(_recipe("root.sh"), (*source, *depends)),
        lambda out: _run("root.sh", out, *source, *depends),
    )
    everything = [path for path in sorted(RECIPE.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    disk = kept(
        cache,
        "disk",
        _key((*everything, deb), (kernel.name, root.name)),
        lambda out: _run("image.sh", out, str(root), str(kernel), str(deb.resolve())),
    )
    return Image(disk, kernel)


def _key(files: Iterable[Path], words: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    digest.update("\0".join(words).encode())
    return digest.hexdigest()[:16]


def _recipe(*names: str) -> list[Path]:
    return [RECIPE / name for name in names]


def _depends(deb: Path) -> list[str]:
    """The packages that the firmware's package depends on; of alternatives the first."""
    field = subprocess.run(
        ["dpkg-deb", "--field", deb, "Pre-Depends", "Depends"], check=True, capture_output=True, text=True
    ).stdout
    lines = ",".join(line.split(":", 1)[-1] if ":" in line else line for line in field.splitlines())
    return sorted({word.split()[0].split(":")[0] for word in lines.split(",") if word.strip()})


def _run(script: str, out: Path, *arguments: str) -> None:
    began = time.monotonic()
    command = ["sh", str(RECIPE / script), str(out), *arguments]
    environment = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=STEP_TIME, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"{script} failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    print(f"{script}: {time.monotonic() - began:.0f} s")


def _forget_old(cache: Path) -> None:
    for part in cache.glob("*-*"):
        if time.time() - part.stat().st_mtime > KEPT_LARGE.get(part.name.split("-")[0], KEPT):
            shutil.rmtree(part) if part.is_dir() else part.unlink()
