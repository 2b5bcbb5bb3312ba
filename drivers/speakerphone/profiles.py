"""What is known of single kinds of devices, where their descriptors are wrong or do not tell.

Everything else goes the generic way, and so does every device without a profile.
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

REJECTING_REPORTS: Final = 2  # "on hook" while ringing: the first may be the answer to the ring lamp
_MUTE_LAMPS: Final = frozenset({LED_MUTE, LED_MICROPHONE})


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of device.

    `product`: pattern of vendor:product; `device`: pattern of the name in lower case, for whom no product is known.
    `pressed`: usages that say only that a key was pressed, although the descriptor may call them states.
    `rejects`: the buttons that decline; `rejecting_reports`: how many "on hook" in a row decline what rings.
    `mute_lamp`: the one of the two mute lamps that counts, where the device has it.
    `cleared`: usages of vendors to be set to 0 before anything else.
    `limits`: what people should know, for the log.
    """

    name: str = "generic"
    product: str = ""
    device: str = ""
    pressed: frozenset[int] = frozenset()
    rejects: tuple[int, ...] = REJECT_BUTTONS
    rejecting_reports: int = REJECTING_REPORTS
    mute_lamp: int | None = None
    cleared: tuple[int, ...] = ()
    limits: str = ""

    def fits(self, name: str, product: str) -> bool:
        """Whether it is a device of this kind."""
        by_product = bool(self.product) and fnmatchcase(product, self.product)
        return by_product or (bool(self.device) and fnmatchcase(name.lower(), self.device))

    def lit(self, lamps: Collection[int], there: Collection[int]) -> frozenset[int]:
        """Of lamps that are to be lit, those that are; `there`: all that the device has."""
        if self.mute_lamp is None or self.mute_lamp not in there:
            return frozenset(lamps)
        return frozenset(lamps) - (_MUTE_LAMPS - {self.mute_lamp})


GENERIC: Final = Profile()

_JABRA_SPEAK: Final = Profile(
    name="Jabra Speak",
    rejects=(0x090007,),
    mute_lamp=LED_MICROPHONE,
    cleared=(0xFF30FFFF,),  # the way of USB.org, and not of its maker
    limits="the mute key says something in a call only",
)
PROFILES: Final = (
    msgspec.structs.replace(_JABRA_SPEAK, product="0b0e:0412"),
    msgspec.structs.replace(_JABRA_SPEAK, product="0b0e:0420"),
    Profile(name="Logitech Group", product="046d:0857", pressed=frozenset({HOOK_SWITCH, PHONE_MUTE})),
    Profile(
        name="Yealink",
        product="6993:*",
        rejects=(0x090007,),
        limits="the keys say something in a call or while it rings only",
    ),
    Profile(name="Polycom CX300", product="095d:9201", rejects=(), mute_lamp=LED_MUTE),  # it has no key that declines
    Profile(name="Gigaset", device="*gigaset*", rejecting_reports=2),  # it first answers the ring lamp with "on hook"
)


def profile_of(name: str, product: str) -> Profile:
    """The profile of a device by its name and vendor:product."""
    return next((profile for profile in PROFILES if profile.fits(name, product)), GENERIC)
