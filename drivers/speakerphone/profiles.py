"""Quirks of particular devices, where their descriptors are wrong or do not tell.

A profile changes single points of the generic behaviour. A device without a profile is handled the generic way. Users
can add profiles (`profile_file`), which come before those known here.
"""

from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final

import msgspec

from drivers.speakerphone.usages import (
    HOOK_SWITCH,
    LED_MICROPHONE,
    LED_MUTE,
    LED_OFF_HOOK,
    LED_RING,
    PHONE_MUTE,
    REJECT_BUTTONS,
)

REJECTING_REPORTS: Final = 2  # repetitions of "on hook" while ringing; the first may be the answer to the ring lamp
BUTTON_7: Final = (0x090007, 0x0B0007)  # either page, depending on how the descriptor sets it
_MUTE_LAMPS: Final = frozenset({LED_MUTE, LED_MICROPHONE})


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The quirks of one kind of device.

    `product`: pattern of vendor:product; `device`: pattern of the name in lower case, where no product is known.
    `pressed`: usages that only say that a key was pressed, although the descriptor may declare them as states.
    `repeats`: a repeated report means something, see `repetition`.
    `rejects`: the buttons that decline; `rejecting_reports`: how many repetitions of "on hook" decline a ringing call.
    `mute_lamp`: which of the two mute lamps to use, if the device has it.
    `lit_with`: lamps that the device shows only while others are lit, and those others.
    `cleared`: vendor usages to be set to 0 before anything else.
    `limits`: what people should know, for the log.
    """

    name: str = "generic"
    product: str = ""
    device: str = ""
    pressed: frozenset[int] = frozenset()
    repeats: bool = False
    rejects: tuple[int, ...] = REJECT_BUTTONS
    rejecting_reports: int = REJECTING_REPORTS
    mute_lamp: int | None = None
    lit_with: Mapping[int, tuple[int, ...]] = {}
    cleared: tuple[int, ...] = ()
    limits: str = ""

    def fits(self, name: str, product: str) -> bool:
        """Returns whether a device is of this kind."""
        by_product = bool(self.product) and fnmatchcase(product, self.product)
        return by_product or (bool(self.device) and fnmatchcase(name.lower(), self.device))

    def lit(self, lamps: Collection[int], there: Collection[int]) -> frozenset[int]:
        """Returns the lamps to light so that `lamps` show, on a device that has the lamps `there`.

        While it rings, the off-hook lamp is not lit for another's sake: the device would take it for a second call.
        """
        lit = frozenset(lamps)
        if self.mute_lamp in there:
            lit -= _MUTE_LAMPS - {self.mute_lamp}
        helping = {helper for lamp in lit for helper in self.lit_with.get(lamp, ())}
        return lit | (helping - {LED_OFF_HOOK} if LED_RING in lit else helping)

    def lamps(self) -> frozenset[int]:
        """Returns the lamps that the profile lights beyond the usual ones."""
        return frozenset(helper for helpers in self.lit_with.values() for helper in helpers)


GENERIC: Final = Profile()

_JABRA_SPEAK: Final = Profile(
    name="Jabra Speak",
    rejects=BUTTON_7,
    mute_lamp=LED_MICROPHONE,
    cleared=(0xFF30FFFF,),  # switches from Jabra's own protocol to the standard one
    limits="the mute key works during a call only",
)
PROFILES: Final = (
    msgspec.structs.replace(_JABRA_SPEAK, product="0b0e:0412"),
    msgspec.structs.replace(_JABRA_SPEAK, product="0b0e:0420"),
    Profile(name="Logitech Group", product="046d:0857", pressed=frozenset({HOOK_SWITCH, PHONE_MUTE})),
    Profile(
        name="Yealink",
        product="6993:*",
        rejects=BUTTON_7,
        limits="the keys work during a call or while it rings only",
    ),
    Profile(name="Polycom CX300", product="095d:9201", rejects=(), mute_lamp=LED_MUTE),  # it has no key that declines
    # both decline by saying "on hook" again; Gigaset first answers the ring lamp with "on hook"
    Profile(name="Poly", product="047f:*", repeats=True),
    Profile(name="Gigaset", device="*gigaset*", repeats=True, rejecting_reports=2),
)


def profile_of(name: str, product: str, added: Iterable[Profile] = ()) -> Profile:
    """Returns the profile of a device by its name and vendor:product; `added` by the user come first."""
    return next((profile for profile in (*added, *PROFILES) if profile.fits(name, product)), GENERIC)
