"""What a program without privileges may not decide: who is root on this box, and which software it runs.

The firmware talks to a network, and may be taken over. Whoever has it can ask for any change of `room.toml`, and for
the restore of any backup that they made themselves. These tables would make that the whole machine: `[ssh]` has the
keys of root, `[update]` says where versions come from, and `[fleet]` whose signed file replaces this one.

They are compared as what they say, and not as text: a comment may change. Every other table is either the firmware's
own, or reaches files of the system only in the form that its parser gives back (see `card.strict`).
"""

from typing import Any, Final

from appliance.config.bounded import NotToml, loads
from appliance.config.reading import read_parts

GUARDED: Final = ("ssh", "update", "fleet")


def changed(before: str, after: str) -> str:
    """Returns the first of these tables that two texts do not agree about; empty where they do."""
    old, new = says(before), says(after)
    return next((name for name in GUARDED if old.get(name) != new.get(name)), "")


def says(text: str) -> dict[str, Any]:
    """Returns what a text says; of one that is not TOML, what its parts do, as the card would take them."""
    try:
        return loads(text)
    except NotToml:
        return read_parts(text.encode("utf-8", "surrogatepass"), None).document
