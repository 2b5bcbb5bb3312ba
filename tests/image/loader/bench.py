"""A card of a test's own, what is done to it, and the figures that come of it."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.image.conftest import OUT
from tests.image.loader import fake
from tests.image.loader.board import virt
from tests.image.loader.tools import state
from tests.image.recipe import run

BOTH = {"BOOT_ORDER": "A B", "BOOT_A_LEFT": "3", "BOOT_B_LEFT": "3"}


class Bench:
    """A card of a test's own, and what is done to it."""

    def __init__(self, folder: Path, kernel: bytes) -> None:
        self.folder = folder
        self.kernel = kernel
        self.path = folder / "card.img"
        self.config = folder / "fw_env.config"
        self.config.write_text("".join(f"{self.path} {place:#x} {state.SIZE:#x}\n" for place in state.PLACES))
        self.fill({})

    def slot(self, name: str, changed: Mapping[str, bytes | None] | None = None, *options: str) -> bytes:
        """A slot that says this name; `changed` has other contents of its files, None for one that is missing."""
        content = {**fake.files(self.kernel, name), **(changed or {})}
        kept = {file: text for file, text in content.items() if text is not None}
        return fake.slot(kept, self.folder, options or fake.PACKED)

    def fill(self, changed: Mapping[str, bytes | None], **kept: str) -> None:
        """The card anew: slot A with some files changed, a sound slot B, and this state."""
        fake.card(self.path, {fake.SLOT_A: self.slot("A", changed), fake.SLOT_B: self.slot("B")})
        state.write(self.path, BOTH | kept)

    def patch(self, place: int, data: bytes) -> None:
        with self.path.open("r+b") as disk:
            disk.seek(place)
            disk.write(data)

    def linux(self) -> dict[str, str]:
        """The state as Linux reads it."""
        said = run("fw_printenv", "-c", str(self.config)).stdout
        return dict(line.split("=", 1) for line in said.splitlines())

    def set(self, name: str, value: str) -> None:
        """Sets a variable as RAUC does on Linux."""
        run("fw_setenv", "-c", str(self.config), name, value)


def first(loader: Path, bench: Bench) -> str:
    """The slot that one start brings up, or nothing where the loader gives up; the card stays as that leaves it."""
    with virt(loader, bench.path, once=True) as machine:
        return machine.end()


def note(**figures: object) -> None:
    """Writes measured figures beside those that are there."""
    OUT.mkdir(parents=True, exist_ok=True)
    file = OUT / "loader.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps(known | figures, indent=2, sort_keys=True) + "\n")
