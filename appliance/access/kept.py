"""What access keeps in files: each holds one value, and is replaced whole. All of it blocks.

The folder is the service's own, below its state folder. Nothing in it lets anybody in: there are digests, and no
password or token. A file that cannot be read costs what is in it and nothing else: nobody is let in by mistake.
"""

from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec
import structlog

from appliance.runtime import atomic
from appliance.runtime.files import read_file

log = structlog.get_logger()

FOLDER: Final = "access"
WISH: Final = "wish"
"""A file in it that asks for a new password on the display."""
LARGEST: Final = 64 * 1024  # bytes of a file
T = TypeVar("T")


class Kept(Generic[T]):
    """One value in one file; without a folder it lasts as long as the process."""

    def __init__(self, folder: Path | None, name: str, empty: T) -> None:
        """`folder`: the service's state folder. `empty`: the value while there is no file; it says the type, too."""
        self.folder = None if folder is None else folder / FOLDER
        self._name = name
        self._empty = empty
        self._without = empty

    def read(self) -> T:
        """Returns the value."""
        if self.folder is None:
            return self._without
        try:
            return msgspec.json.decode(
                read_file(self.folder / self._name, LARGEST, follow=False), type=type(self._empty)
            )
        except FileNotFoundError:
            return self._empty
        except (OSError, ValueError) as error:
            log.warning("access_not_read", path=str(self.folder / self._name), error=str(error))
            return self._empty

    def is_there(self) -> bool:
        """Returns whether there is a value, which is so until somebody removes its file."""
        if self.folder is None:
            return self._without is not self._empty
        return (self.folder / self._name).exists()

    def write(self, value: T) -> None:
        """Replaces the value. Raises `OSError`: then the old one stays."""
        if self.folder is None:
            self._without = value
            return
        atomic.make_folder(self.folder, 0o700)
        atomic.write(self.folder / self._name, msgspec.json.encode(value), 0o600)

    def remove(self) -> None:
        """Forgets the value. Raises `OSError`."""
        self._without = self._empty
        if self.folder is not None:
            atomic.remove(self.folder / self._name)
