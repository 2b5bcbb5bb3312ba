"""What the configuration says about a speakerphone."""

import re
from typing import Final

import msgspec

DEVICE: Final = re.compile(r"auto|/.+|[0-9a-fA-F]{4}:[0-9a-fA-F]{4}")


class SpeakerphoneConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A USB speakerphone or headset.

    `device`: "auto" takes the first that has a hook switch; a path such as "/dev/hidraw0" takes that (a link will do);
    "0b0e:0412" takes the first with this vendor and product.
    """

    device: str = "auto"

    def __post_init__(self) -> None:
        """Refuses what cannot name a device."""
        if not DEVICE.fullmatch(self.device):
            expected = 'expected "auto", a path such as "/dev/hidraw0", or vendor:product such as "0b0e:0412"'
            raise ValueError(f"device {self.device!r}: {expected}")
