"""How the link to the terminal is."""

from enum import StrEnum

import msgspec

from appliance.language.text import NOTHING, Text


class LinkPhase(StrEnum):
    """How the link to the terminal is (local: the appliance knows this by itself)."""

    STARTING = "starting"
    DOWN = "down"  # nothing answers, or the connection was lost; the link tries again by itself
    REFUSED = "refused"  # the terminal answers and refuses our credentials
    EVICTED = "evicted"  # another controller took over, or the account changed
    UP = "up"  # authorised, and the snapshot was read


class Link(msgspec.Struct, frozen=True):
    """State of the link and why."""

    phase: LinkPhase = LinkPhase.STARTING
    reason: Text = NOTHING
    waits_for_press: bool = False  # evicted, and the configuration says that a person decides


class Trouble(msgspec.Struct, frozen=True):
    """A link that was not up, and until when it has to be seen although it is again (monotonic seconds)."""

    link: Link
    until: float
