"""A profile as a user writes it: the words of a TOML file, and the usages that they stand for. No I/O."""

from typing import Annotated, Final, Literal

import msgspec

from drivers.speakerphone.profiles import BUTTON_7, REJECTING_REPORTS, Profile
from drivers.speakerphone.usages import (
    HOLD,
    HOOK_SWITCH,
    LED_HOLD,
    LED_MICROPHONE,
    LED_MUTE,
    LED_OFF_HOOK,
    LED_RING,
    PHONE_MUTE,
)

Key = Literal["hook", "mute", "hold"]
Button = Literal["button 1", "button 7"]
Lamp = Literal["off_hook", "ring", "mute", "microphone", "hold"]
Helper = Literal["off_hook", "online", "speaker", "line", "ringer"]

KEYS: Final[dict[Key, int]] = {"hook": HOOK_SWITCH, "mute": PHONE_MUTE, "hold": HOLD}
BUTTONS: Final[dict[Button, tuple[int, ...]]] = {"button 1": (0x090001,), "button 7": BUTTON_7}
LAMPS: Final[dict[Lamp, int]] = {
    "off_hook": LED_OFF_HOOK,
    "ring": LED_RING,
    "mute": LED_MUTE,
    "microphone": LED_MICROPHONE,
    "hold": LED_HOLD,
}
HELPERS: Final[dict[Helper, int]] = {
    "off_hook": LED_OFF_HOOK,
    "online": 0x08002A,
    "speaker": 0x08001E,
    "line": 0x0B002A,
    "ringer": 0x0B009E,
}

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
_Product = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f?]{4}|\*):([0-9a-f?]{4}|\*)$")]
_Usage = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{4}:[0-9a-f]{4}$")]


class LitWith(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[lit_with]`: lamps that the device shows only while others are lit."""

    off_hook: list[Helper] = []
    ring: list[Helper] = []
    mute: list[Helper] = []
    microphone: list[Helper] = []
    hold: list[Helper] = []

    def usages(self) -> dict[int, tuple[int, ...]]:
        """Returns the lamps and their helpers as usages."""
        words = {lamp: getattr(self, name) for name, lamp in LAMPS.items()}
        return {lamp: tuple(HELPERS[helper] for helper in helpers) for lamp, helpers in words.items() if helpers}


class ProfileFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of `/etc/offhook/profiles`; see `Profile` and docs/devices.md."""

    name: _Name
    product: _Product | None = None
    device: _Name | None = None
    pressed: list[Key] = []
    repeats: bool = False
    rejects: list[Button] | None = None
    rejecting_reports: Annotated[int, msgspec.Meta(ge=1, le=5)] = REJECTING_REPORTS
    mute_lamp: Literal["mute", "microphone"] | None = None
    lit_with: LitWith = LitWith()
    cleared: list[_Usage] = []
    limits: Annotated[str, msgspec.Meta(max_length=200)] = ""

    def __post_init__(self) -> None:
        """Raises ValueError: when the profile fits no device."""
        if self.product is None and self.device is None:
            raise ValueError(
                "fits no device: expected `product` (vendor:product), `device` (a pattern of its name), or both"
            )

    def profile(self) -> Profile:
        """Returns the profile that the words describe."""
        rejects = BUTTONS if self.rejects is None else self.rejects
        return Profile(
            name=self.name,
            product=self.product or "",
            device=(self.device or "").lower(),
            pressed=frozenset(KEYS[key] for key in self.pressed),
            repeats=self.repeats,
            rejects=tuple(usage for button in rejects for usage in BUTTONS[button]),
            rejecting_reports=self.rejecting_reports,
            mute_lamp=None if self.mute_lamp is None else LAMPS[self.mute_lamp],
            lit_with=self.lit_with.usages(),
            cleared=tuple(int(usage.replace(":", ""), 16) for usage in self.cleared),
            limits=self.limits,
        )
