"""A card becomes a fresh one, over two starts: secrets and files here, the data partition before it is in use.

/etc and /var/lib of a running card are on that partition, so the initial file system empties it (`emptied` in
functions.sh), between the two. Every step can be done again; the slots with their systems are not touched.
"""

from enum import Enum
from pathlib import Path

from appliance.card.apply import FILE
from appliance.card.reset import wish
from appliance.card.reset.secrets import forget_on_the_card, forget_secrets
from appliance.runtime import atomic

FRESH = "usr/lib/card/room.toml"
"""The file as it is on a card that was just written."""

NO_DATA = "run/card/no-data"


class Step(Enum):
    """What came of a start: nothing to do; start again; all done; it cannot be done."""

    NOTHING = "nothing"
    RESTART = "restart"
    DONE = "done"
    NOT_EMPTIED = "not emptied"


def is_card(root: Path) -> bool:
    """Whether this system is one of our cards."""
    return (root / FRESH).is_file()


def step(root: Path, boot: Path) -> Step:
    """Does what is next. Raises `OSError` where the wish cannot be taken, or a step failed; nothing is lost by that."""
    token = wish.taken(boot)
    if token is None:
        wish.close(root, boot)
        return Step.NOTHING
    if wish.was_done(root, token):
        wish.close(root, boot)
        return Step.DONE
    if wish.was_told(root, token):
        wish.close(root, boot)
        return Step.NOT_EMPTIED
    forget_secrets(root, host_keys=True)
    forget_on_the_card(boot)
    atomic.write(boot / FILE, (root / FRESH).read_bytes(), None)
    if (root / NO_DATA).exists():  # all that was kept is in memory, and gone at the next start anyway
        wish.close(root, boot)
        return Step.DONE
    wish.tell(root, token)
    return Step.RESTART
