"""Where the deputy's files are: below a root folder, which may be a machine's or one that only looks like it."""

from functools import cached_property
from pathlib import Path
from typing import Final

from appliance.card.boot_partition import USUAL, of_card
from appliance.config.content import LARGEST_FILE
from appliance.deputy.machine import Machine
from appliance.language.text import Text, Worded
from appliance.runtime import atomic
from appliance.runtime.files import read_file

STATE: Final = "var/lib/offhook-deputy"
STORE: Final = "etc/credstore"
ROOM: Final = "etc/offhook/room.toml"


class NotNow(Worded):
    """It is not done, and nothing was changed; `text` says why."""


class Place:
    """A box: its files, and the machine that they are of."""

    def __init__(self, machine: Machine, root: Path = Path("/"), boot: Path = USUAL) -> None:
        """`boot`: where the card's boot partition is, on a box that has one."""
        self.machine = machine
        self.root = root
        self._boot = boot

    @cached_property
    def boot(self) -> Path | None:
        """The card's boot partition; None where there is no card."""
        return of_card(self.root, self._boot)

    @property
    def file(self) -> Path:
        """The `room.toml` that is the truth here: on a card, what is applied; else what the firmware reads."""
        return self.root / ROOM if self.boot is None else self.boot / "room.toml"

    @property
    def mode(self) -> int | None:
        """The permissions of that file; a card's partition has none."""
        return 0o640 if self.boot is None else None

    @property
    def state(self) -> Path:
        """The deputy's own folder; nobody else can look into it."""
        return self.root / STATE

    @property
    def store(self) -> Path:
        """The folder of the box's credentials, into which a card's secrets go."""
        return self.root / STORE

    def text(self) -> str:
        """Returns the text of the file. Raises `NotNow` where it cannot be read, or is no text."""
        try:
            content = read_file(self.file, LARGEST_FILE + 1, follow=False)
            if len(content) > LARGEST_FILE:
                raise NotNow(Text("deputy.too_large", what=self.file.name, most=LARGEST_FILE >> 10))
            return content.decode()
        except (OSError, UnicodeDecodeError):
            raise NotNow(Text("deputy.no_file", path=str(self.file))) from None

    def write(self, text: str) -> None:
        """Writes the file: whole, or not at all. Raises `OSError`."""
        atomic.write(self.file, text.encode(), self.mode)

    def own_folder(self) -> Path:
        """Returns the deputy's folder, made where it is not there. Raises `OSError`."""
        atomic.make_folder(self.state, 0o700)
        return self.state
