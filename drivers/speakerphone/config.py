"""What the configuration says about a speakerphone."""

import msgspec

from drivers.matching import wanted


class SpeakerphoneConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A USB speakerphone or headset.

    `device`: "auto" takes the first with a hook switch that no other entry has or names; a path such as "/dev/hidraw0"
    takes that (a link will do); "1-1.3" what is in this USB port; "0b0e:0412" the first free one with this vendor and
    product; anything else is a part of the device's name (case does not matter).
    """

    device: str = "auto"

    def __post_init__(self) -> None:
        """Refuses what cannot name a device."""
        wanted(self.device)
