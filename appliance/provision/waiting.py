"""A box that waits for its room, as it is kept for whoever shows it."""

from pathlib import Path

import msgspec

from appliance.runtime.files import read_file

PLACE = Path("/var/lib/offhook-card/waits")
_LARGEST = 4096  # bytes


class Waiting(msgspec.Struct, frozen=True):
    """`machine`: its id; `recipient`: its public key, empty where it has none."""

    machine: str
    recipient: str = ""


def waiting(path: Path = PLACE) -> Waiting | None:
    """Who waits, None where nobody does. Blocks for a moment."""
    try:
        return msgspec.json.decode(read_file(path, _LARGEST, follow=False), type=Waiting)
    except (OSError, msgspec.MsgspecError):
        return None


def lines(waiting: Waiting) -> tuple[str, ...]:
    """The lines for the room in the inventory."""
    key = (f'recipient = "{waiting.recipient}"',) if waiting.recipient else ()
    return (f'machine = "{waiting.machine}"', *key)
