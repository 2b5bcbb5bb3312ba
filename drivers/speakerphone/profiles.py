"""Quirks of particular devices, where their descriptors are wrong or do not tell.

A profile changes single points of the generic behaviour. A device without a profile is handled the generic way.
"""

from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import Final

import msgspec

from drivers.speakerphone.usages import (
    HOOK_SWITCH,
    LED_MICROPHONE,
    LED_MUTE,
    PHONE_MUTE,
    REJECT_BUTTONS,
)

REJECTING_REPORTS: Final = 2  # repetitions of "on hook" while ringing; the first may be the answer to the ring lamp
_MUTE_LAMPS: Final = frozenset({LED_MUTE, LED_MICROPHONE})


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The quirks of one kind of device.

    `product`: pattern of vendor:product; `device`: pattern of the name in lower case, where no product is known.
    `pressed`: usages that only say that a key was pressed, although the descriptor may declare them as states.
    `repeats`: a repeated report means something, see `repetition`.
    `rejects`: the buttons that decline; `rejecting_reports`: how many repetitions of "on hook" decline a ringing call.
    `mute_lamp`: which of the two mute lamps to use, if the device has it.
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
    cleared: tuple[int, ...] = ()
    limits: str = ""

    def fits(self, name: str, product: str) -> bool:
        """Returns whether a device is of this kind."""
        by_product = bool(self.product) and fnmatchcase(product, self.product)
        return by_product or (bool(self.device) and fnmatchcase(name.lower(), self.device))

    def lit(self, lamps: Collection[int], there: Collection[int]) -> frozenset[int]:
        """Returns which of `lamps` to light on a device that has the lamps `there`."""
        if self.mute_lamp is None or self.mute_lamp not in there:
            return frozenset(lamps)
        return frozenset(lamps) - (_MUTE_LAMPS - {self.mute_lamp})


GENERIC: Final = Profile()

_JABRA_SPEAK: Final = Profile(
    name="Jabra Speak",
    rejects=(0x090007,),
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
        rejects=(0x090007,),
        limits="the keys work during a call or while it rings only",
    ),
    Profile(name="Polycom CX300", product="095d:9201", rejects=(), mute_lamp=LED_MUTE),  # it has no key that declines
    # both decline by saying "on hook" again; Gigaset first answers the ring lamp with "on hook"
    Profile(name="Poly", product="047f:*", repeats=True),
    Profile(name="Gigaset", device="*gigaset*", repeats=True, rejecting_reports=2),
)


def profile_of(name: str, product: str) -> Profile:
    """Returns the profile of a device by its name and vendor:product."""
    return next((profile for profile in PROFILES if profile.fits(name, product)), GENERIC)
