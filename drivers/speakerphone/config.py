"""The configuration of a speakerphone."""

import msgspec

from drivers.errors import about
from drivers.matching import wanted


class SpeakerphoneConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A USB speakerphone or headset.

    `device`: "auto" takes the first one with a hook switch that no other entry has or names; a path such as
    "/dev/hidraw0" takes that device (a link will do); "1-1.3" takes what is in this USB port; "0b0e:0412" takes the
    first free one with this vendor and product; anything else is a part of the device's name, in any case.
    """

    device: str = "auto"

    def __post_init__(self) -> None:
        """Raises ValueError: when `device` cannot name a device."""
        with about("device"):
            wanted(self.device)
