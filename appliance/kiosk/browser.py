"""One run of the browser: Chromium alone on the screen, in the compositor cage, with a profile that never saw anything.

- The profile is made for each run. An old one would ask whether to restore pages after a power cut, and refuse to start
  after the box's name has changed (its lock has the name in it).
- Chromium itself is started, not Debian's script around it: that adds, by a file in /etc/chromium.d, a switch which
  moves shared memory to files in /tmp wherever /dev/shm is smaller than 3.8 GB, as on most Pis.
- kanshi turns the picture, and does so again when the screen was away: cage forgets it then.
- The whole process group is ended, so that no renderer outlives its browser.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import trio

GRACE: Final = 3.0  # seconds to end in, and then for the kernel to be done with it
CHROMIUM: Final = "/usr/lib/chromium/chromium"
_INSIDE: Final = '[ -z "$0" ] || kanshi -c "$0" & exec "$@"'  # sh: beside each other, in cage

# Nothing here makes it safer: that is what the policies in /etc/chromium/policies are for, which nobody can leave out.
SWITCHES: Final = (
    *("--kiosk", "--ozone-platform=wayland", "--no-first-run", "--noerrdialogs", "--log-level=3"),
    "--password-store=basic",
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad"),
    *("--disable-features=Translate,MediaRouter,OptimizationHints", "--autoplay-policy=no-user-gesture-required"),
    *("--overscroll-history-navigation=0", "--disable-pinch", "--disk-cache-size=4194304"),
    # one page is shown: a second renderer and a heap of gigabytes would be for nothing
    *("--renderer-process-limit=1", "--js-flags=--max-old-space-size=128"),
)


class Screen(msgspec.Struct, frozen=True):
    """What is to be seen: a page, and by how many degrees the picture is turned."""

    url: str
    rotate: int = 0


Command = Callable[[Screen, Path], Sequence[str]]
"""How a screen is shown by a program, with a folder of its own."""


def command(screen: Screen, folder: Path) -> list[str]:
    """Returns how cage is started with the browser in it."""
    turned = str(_turned(screen.rotate, folder)) if screen.rotate else ""
    chromium = [CHROMIUM, *SWITCHES, f"--user-data-dir={folder / 'profile'}", screen.url]
    return ["cage", "-d", "-m", "last", "--", "sh", "-c", _INSIDE, turned, *chromium]


def _turned(degrees: int, folder: Path) -> Path:
    """Writes what kanshi needs: the picture turned on the screen, or two of them, whatever they are called."""
    path = folder / "kanshi"
    one = f"output * enable transform {degrees}"
    path.write_text(f"profile {{\n  {one}\n}}\n")
    return path


async def show(screen: Screen, how: Command, environ: Mapping[str, str] = os.environ) -> int:
    """Shows a screen until its browser ends by itself, and returns its exit code; ends it when cancelled.

    Raises `OSError` where it cannot be started.
    """
    with _folder(environ) as folder:
        process = await trio.lowlevel.open_process(
            list(how(screen, folder)),
            env={**environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return await process.wait()
        finally:
            with trio.CancelScope(shield=True):
                await _end(process)


async def _end(process: trio.Process) -> None:
    """Ends a process and whatever it has started; one that even the kernel cannot end is left."""
    if process.returncode is None:
        process.terminate()
        with trio.move_on_after(GRACE):
            await process.wait()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with trio.move_on_after(GRACE):
        await process.wait()


@contextlib.contextmanager
def _folder(environ: Mapping[str, str]) -> Iterator[Path]:
    parent = environ.get("RUNTIME_DIRECTORY") or None
    path = Path(tempfile.mkdtemp(prefix="browser-", dir=parent))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
