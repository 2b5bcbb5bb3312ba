"""The password of `[fleet.enrol]`: taken out of room.toml, as other secrets are, and kept where root alone reads it."""

import codecs
from pathlib import Path

from appliance.card.apply import STORE
from appliance.card.secrets import Secret, without
from appliance.config.reading import Reading, read_parts
from appliance.runtime.atomic import content_of, make_folder, write
from appliance.terminal.config import KEPT

_FILE = f"{STORE}/offhook-fleet.password"
_PLACE = ("fleet", "enrol", "password")


def taken_out(content: bytes, root: Path) -> bytes:
    """A room.toml without it, which is kept then, or as it was, where it has none. Raises `OSError`, `ValueError`."""
    reading = read_parts(content, None)
    said = _said(reading)
    if said is None or said == KEPT:
        return content
    make_folder((root / STORE), 0o700)
    write(root / _FILE, f"{said}\n".encode(), 0o600)
    text = "".join(without(reading, (Secret(_PLACE, said, "fleet"),)))
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode("utf-8", "surrogateescape")


def password(said: str | None, root: Path) -> str | None:
    """What to say: what `[fleet.enrol]` says itself, or what was kept; None where there is none."""
    if said != KEPT:
        return said
    kept = content_of(root / _FILE)
    return kept.decode(errors="replace").rstrip("\n") if kept else None


def _said(reading: Reading) -> str | None:
    enrol = reading.card.fleet.enrol if reading.card.fleet else None
    return enrol.password if enrol else None
