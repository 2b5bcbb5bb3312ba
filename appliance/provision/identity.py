"""Who a box is to the inventory: its machine id, and the public key that its file is encrypted for.

A box that nobody has given a room yet says so where it can be read without a way into it: in a file beside room.toml
on the card, and in one that `offhook recover` shows on display and console. Both go once it has a room.
"""

from pathlib import Path

import msgspec
import trio

from appliance.card.report import ERRORS, FOR_DISPLAY
from appliance.card.spoken import language_on
from appliance.card.stamp import STATE
from appliance.config.reading import OF_THE_CARD, Reading
from appliance.language.text import Text
from appliance.provision.programs import ProgramError, run
from appliance.provision.waiting import Waiting, lines
from appliance.runtime.atomic import make_folder, remove, write

KEY = "etc/credstore/offhook-fleet.age"
ON_THE_CARD = "fleet-identity.txt"
WAITS = f"{STATE}/waits"
_BARE = "mistake.missing"


class IdentityError(Exception):
    """There is no key, and none can be made; the message says why."""


async def recipient(root: Path) -> str:
    """The public key (`age1…`) of the machine below `root`; makes the pair the first time. Raises `IdentityError`."""
    path = root / KEY
    try:
        if not path.exists():
            made = await run(("age-keygen",), b"")
            make_folder(path.parent, 0o700)
            write(path, made, 0o600)
        return (await run(("age-keygen", "-y", str(path)), b"")).decode().strip()
    except (ProgramError, OSError) as error:
        raise IdentityError(f"no key: {error}") from None


async def show(boot: Path, root: Path, machine: str, reading: Reading, why: str) -> None:
    """Says on the card, and for display and console, who waits for a room, and why there was none. Raises `OSError`."""
    try:
        waiting = Waiting(machine, await recipient(root))
    except IdentityError as error:
        waiting, why = Waiting(machine), f"{why}\n{error}"
    await trio.to_thread.run_sync(_write, boot, root, waiting, reading, why)


def hide(boot: Path, root: Path) -> None:
    """Removes what was said. Raises `OSError`."""
    remove(boot / ON_THE_CARD)
    remove(root / WAITS)


def _write(boot: Path, root: Path, waiting: Waiting, reading: Reading, why: str) -> None:
    say = language_on(boot / "room.toml").say
    said = (say(Text("fleet.waits")), say(Text("fleet.inventory")), "", *lines(waiting), "", *why.splitlines(), "")
    write(boot / ON_THE_CARD, "\r\n".join(said).encode(), None)  # whoever reads it may do so on Windows
    make_folder((root / WAITS).parent, 0o755)
    write(root / WAITS, msgspec.json.encode(waiting), 0o644)
    if _is_bare(reading):  # that it has no room is no mistake
        remove(boot / ERRORS)
        remove(root / FOR_DISPLAY)


def _is_bare(reading: Reading) -> bool:
    """Whether a file has the card's own sections and nothing of a room, and these are right."""
    return set(reading.document) <= {*OF_THE_CARD} and all(m.message.key == _BARE for m in reading.mistakes)
