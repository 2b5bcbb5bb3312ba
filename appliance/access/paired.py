"""The screens that were paired, as digests of their secrets in a file; who has the file can touch nothing with it."""

import secrets
from pathlib import Path
from typing import Final

import msgspec
import structlog
import trio

from appliance.access.digests import digest
from appliance.access.kept import LARGEST, Kept
from appliance.runtime.files import read_file

log = structlog.get_logger()

FILE: Final = "panels.json"
MOST: Final = 50  # screens; the one that was paired first is forgotten


class Screens(msgspec.Struct, frozen=True):
    """The digest of each secret, as they are kept."""

    digests: tuple[str, ...] = ()


def kept_screens(folder: Path | None) -> Kept[Screens]:
    """Returns the file of all screens; `folder`: the service's state folder."""
    return Kept(folder, FILE, Screens())


class Paired:
    """Those of one box. What changes their file does so in a thread, one after the other."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: the service's state folder; None where it may keep nothing: then they last as the process does."""
        self._kept = kept_screens(folder)
        self._digests = self._kept.read().digests[-MOST:]
        self._was_kept = bool(self._digests)  # when it was looked at last
        self._changing = trio.Lock()
        if folder is not None and not self._digests and (before := _before(folder)):
            self._digests = before
            self._was_kept = self._written(before)

    @property
    def digests(self) -> frozenset[str]:
        """The digest of each secret."""
        return frozenset(self._digests)

    async def add(self) -> str:
        """Returns the secret of one more. It is kept by the file, unless that cannot be written: then until the end."""
        secret = secrets.token_urlsafe(32)
        async with self._changing:
            await self._forget_removed()  # they would be written again
            digests = (*self._digests, digest(secret))[-MOST:]
            self._was_kept |= await trio.to_thread.run_sync(self._written, digests)
            self._digests = digests
        return secret

    async def look(self) -> None:
        """Forgets all of them where somebody has removed the file."""
        async with self._changing:
            await self._forget_removed()

    async def _forget_removed(self) -> None:
        if self._was_kept and not await trio.to_thread.run_sync(self._kept.is_there):
            self._digests, self._was_kept = (), False

    def _written(self, digests: tuple[str, ...]) -> bool:
        """Writes them, and returns whether that could be done. Blocks."""
        try:
            self._kept.write(Screens(digests))
        except OSError as error:
            log.warning("panels_not_kept", error=str(error))
            return False
        return True


def _before(folder: Path) -> tuple[str, ...]:
    """Returns what a version before 0.2 has kept, in the state folder itself."""
    try:
        return tuple(msgspec.json.decode(read_file(folder / FILE, LARGEST, follow=False), type=list[str])[-MOST:])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:  # one bad file costs pairing anew, and nothing else
        log.warning("panels_not_read", path=str(folder / FILE), error=str(error))
        return ()


def forget_screens(folder: Path) -> None:
    """Forgets all screens of a box. `folder`: the service's state folder. Raises `OSError`."""
    (folder / FILE).unlink(missing_ok=True)
    kept_screens(folder).remove()
