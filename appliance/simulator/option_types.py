"""The types that `SimulatorOptions` consists of: licence and tariff, devices, monitors, files, and their defaults."""

from enum import IntEnum, StrEnum
from typing import Annotated, Any

import msgspec

Limit = Annotated[int, msgspec.Meta(ge=0)]


class License(IntEnum):
    """`value` of getLicenseType."""

    NONE = 0
    BASIC = 1
    FULL = 2


class Generation(StrEnum):
    """Which terminals it speaks like."""

    OLD = "old"  # as the manual has it
    NEW = "new"  # as Room 4.3 and later are known to, where that differs
    BOTH = "both"  # old numbers and names, and newer fields beside them where they do not contradict each other


class Tariff(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What the server allows the room. Names and meaning as in `getTariffRestrictions`."""

    tariff_name: str = "Room"
    p2p: bool = True
    create_multi: bool = True
    sym_max_number: Limit = 10
    asym_max_number: Limit = 10
    role_max_number: Limit = 10
    rl_max_number: Limit = 4
    can_use_slide_show: bool = True
    can_use_desktop_sharing: bool = True
    can_change_address_book: bool = True
    can_edit_groups: bool = True
    can_use_dialer: bool = False

    def on_wire(self) -> dict[str, Any]:
        """Returns the permissions by wire name."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


class Device(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A camera, a microphone or a loudspeaker as the terminal's operating system names it."""

    name: str
    description: str


class CaptureSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A window or a monitor that can be shared with a conference."""

    id: int
    name: str


class Monitor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A monitor; the first one is the primary. `x` is its left edge on the desktop, in pixels."""

    name: str
    x: int = 0
    width: int = 1920
    height: int = 1080
    ignored: bool = False


class GivenFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that is on the terminal from the start."""

    id: int
    name: str
    content: str = ""


CAMERAS = (
    Device(name="PTZ camera", description="usb-ptz-camera-0001"),
    Device(name="Document camera", description="usb-document-camera-0002"),
)
MICROPHONES = (
    Device(name="Ceiling microphone", description="usb-microphone-0003"),
    Device(name="Speakerphone", description="usb-speakerphone-0004"),
)
LOUDSPEAKERS = (
    Device(name="Monitor loudspeakers", description="hdmi-loudspeakers-0005"),
    Device(name="Speakerphone", description="usb-speakerphone-0004"),
)
CAPTURE_SOURCES = (
    CaptureSource(id=1, name="Display 1(1920x1080)"),
    CaptureSource(id=2, name="Display 2(1920x1080)"),
    CaptureSource(id=132268, name="Presentation"),
)
MONITORS = (Monitor(name="Monitor at the front"), Monitor(name="Monitor at the side", x=1920))
