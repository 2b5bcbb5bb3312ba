"""Whether a new version works: a judgement of values, without I/O.

It works when the firmware runs and its link to the terminal is up. Where the terminal does not answer at all, which is
no fault of ours, everything else has to be as well as it was before; what was missing already counts for nothing. A
terminal that answers and with which there is no session, although there was one before, speaks against the version.
"""

import msgspec

from appliance.card.update.state import Before
from appliance.language.text import NOTHING, Text

LINK = "link"  # the service of the link to the terminal: what it is depends on the terminal


class Health(msgspec.Struct, frozen=True):
    """What the firmware says of itself; see appliance.services.update."""

    link: str = ""
    offline: tuple[str, ...] = ()
    busy: bool = False

    @property
    def is_up(self) -> bool:
        """Whether the room can be used."""
        return self.link == "up"


def wrong(health: Health | None, before: Before, *, answers: bool) -> Text:
    """Returns what speaks against the version; nothing where it works. None for `health`: the firmware does not run.

    `answers`: something listens at the terminal's address.
    """
    if health is None:
        return Text("update.why.ready")
    if health.is_up:
        return NOTHING
    if answers and before.link:
        return Text("update.why.link")
    missing = sorted(set(health.offline) - set(before.offline) - {LINK})
    return Text("update.why.offline", names=", ".join(missing)) if missing else NOTHING
