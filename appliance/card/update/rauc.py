"""RAUC as this service uses it: it verifies bundles, writes the other slot and keeps the loader's choice.

`activate-installed=false` in the card's system.conf: `install` writes and syncs, and only `mark-active` changes what
starts next. Between the two, what was written is read back, and the new version looks at this box's configuration.
"""

from pathlib import Path
from typing import Any

import msgspec

from appliance.card.update.command import Failed, run
from appliance.language.text import Text

ASK = 60.0  # seconds for a status, or a mark: a write of some bytes
VERIFY = 900.0  # a bundle is read as a whole; 300 MB from a slow card take a minute
INSTALL = 3600.0  # 400 MB are written at 10 MB/s in a minute; a worn card is ten times as slow


class Bundle(msgspec.Struct, frozen=True):
    """What a bundle is, once its signature holds. `size` (bytes) and `sha256` are of the slot in it."""

    version: str
    compatible: str
    size: int
    sha256: str


class Slots(msgspec.Struct, frozen=True):
    """The two slots, by the loader's names. `device`: of the other; `primary`: which starts next."""

    booted: str
    other: str
    device: Path
    primary: str


async def info(bundle: Path) -> Bundle:
    """Verifies a bundle, and returns what it is. Raises `Failed`."""
    try:
        said = await run(("rauc", "info", "--output-format=json", str(bundle)), VERIFY)
    except Failed as error:
        if error.text.key != "update.why.installer":
            raise
        raise Failed(Text("update.why.signature", words=error.text.params["words"]), lasting=True) from None
    document = _document(said)
    try:
        ((_, image),) = document["images"][0].items()
        fields = (document["version"], document["compatible"], image["size"], image["checksum"])
        return Bundle(*msgspec.convert(fields, type=tuple[str, str, int, str]))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise Failed(Text("update.why.content"), lasting=True) from None


async def status() -> Slots:
    """Returns the slots. Raises `Failed`, also where the box does not run from one of two."""
    document = _document(await run(("rauc", "status", "--output-format=json"), ASK))
    try:
        slots = {slot["bootname"]: (name, slot) for each in document["slots"] for name, slot in each.items()}
        booted = document["booted"]
        ((other, (_, slot)),) = ((name, pair) for name, pair in slots.items() if name != booted)
        primary = next(bootname for bootname, (name, _) in slots.items() if name == document["boot_primary"])
        return Slots(slots[booted][1]["bootname"], other, Path(slot["device"]), primary)
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration):
        raise Failed(Text("update.why.slots")) from None


async def install(bundle: Path) -> None:
    """Writes a bundle into the other slot. Raises `Failed`."""
    await run(("rauc", "install", str(bundle)), INSTALL)


async def mark(state: str, slot: str) -> None:
    """Marks a slot: `good` `booted`, `active` `other`. Raises `Failed`."""
    await run(("rauc", "status", f"mark-{state}", slot), ASK)


def _document(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError:
        raise Failed(Text("update.why.slots")) from None
