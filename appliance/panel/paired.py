"""The screens that were paired, as digests of their secrets in a file; who has the file can touch nothing with it."""

import secrets
from pathlib import Path
from typing import Final

import msgspec
import structlog

from appliance.access.shown import digest
from appliance.runtime import atomic
from appliance.runtime.files import read_file

log = structlog.get_logger()

FILE: Final = "panels.json"
MOST: Final = 50  # screens; the one that was paired first is forgotten
LARGEST: Final = 64 * 1024  # bytes of the file


class Paired:
    """Those of one box. Removing the file, and starting again, forgets all of them."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: None where the box may keep nothing; then they last as long as the process."""
        self._path = None if folder is None else folder / FILE
        self._digests: list[str] = self._read()

    @property
    def digests(self) -> frozenset[str]:
        """The digest of each secret."""
        return frozenset(self._digests)

    def add(self) -> str:
        """Returns the secret of one more. It is kept by the file, unless that cannot be written: then until the end."""
        secret = secrets.token_urlsafe(32)
        self._digests = [*self._digests, digest(secret)][-MOST:]
        if self._path is not None:
            try:
                atomic.write(self._path, msgspec.json.encode(self._digests))
            except OSError as error:
                log.warning("panels_not_kept", path=str(self._path), error=str(error))
        return secret

    def _read(self) -> list[str]:
        if self._path is None:
            return []
        try:
            return msgspec.json.decode(read_file(self._path, LARGEST, follow=False), type=list[str])[-MOST:]
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:  # one bad file costs pairing anew, and nothing else
            log.warning("panels_not_read", path=str(self._path), error=str(error))
            return []
