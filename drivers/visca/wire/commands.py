"""Commands: what a controller tells a camera to do. Source: command lists of EVI-D70 and EVI-D80/D90.

Speeds are taken as they come, zero and out of range included: real controllers send both.
"""

from enum import IntEnum
from typing import Annotated, ClassVar

import msgspec

from drivers.visca.wire.layout import Byte, Catalogue, LongWord, Message, Nibble, SignedWord, Word


class AddressSet(Message, frozen=True):
    """Broadcast: the next device takes `address`; passed on with the first address that is free then."""

    layout: ClassVar = "30 0{address}"
    address: Annotated[int, msgspec.Meta(ge=1, le=8)]


class InterfaceClear(Message, frozen=True):
    """IF_Clear: forget every command; whatever was being executed ends."""

    layout: ClassVar = "01 00 01"


class MistypedInterfaceClear(Message, frozen=True):
    """What the OBS plug-in broadcasts where it means IF_Clear."""

    layout: ClassVar = "01 00 10"


class Cancel(Message, frozen=True):
    """Cancel the command in a socket."""

    layout: ClassVar = "2{socket}"
    socket: Nibble


class Switch(IntEnum):
    """On and off, in commands and in answers."""

    ON = 2
    OFF = 3


class Power(Message, frozen=True):
    """On, or standby."""

    layout: ClassVar = "01 04 00 {state}"
    state: Switch


class Menu(Message, frozen=True):
    """The on-screen menu."""

    layout: ClassVar = "01 06 06 {state}"
    state: Switch


class ZoomStop(Message, frozen=True):
    """Stop zooming."""

    layout: ClassVar = "01 04 07 00"


class ZoomTele(Message, frozen=True):
    """Zoom in at the standard speed."""

    layout: ClassVar = "01 04 07 02"


class ZoomWide(Message, frozen=True):
    """Zoom out at the standard speed."""

    layout: ClassVar = "01 04 07 03"


class ZoomTeleVariable(Message, frozen=True):
    """Zoom in; `speed` 0 is slow and moves, 7 is fast."""

    layout: ClassVar = "01 04 07 2{speed}"
    speed: Nibble


class ZoomWideVariable(Message, frozen=True):
    """Zoom out; `speed` 0 is slow and moves, 7 is fast."""

    layout: ClassVar = "01 04 07 3{speed}"
    speed: Nibble


class ZoomDirect(Message, frozen=True):
    """Zoom to a position."""

    layout: ClassVar = "01 04 47 {zoom:u}"
    zoom: Word


class ZoomFocusDirect(Message, frozen=True):
    """Zoom and focus to positions."""

    layout: ClassVar = "01 04 47 {zoom:u} {focus:u}"
    zoom: Word
    focus: Word


class DigitalZoom(Message, frozen=True):
    """Whether zoom goes on beyond the optical range."""

    layout: ClassVar = "01 04 06 {state}"
    state: Switch


class FocusDrive(Message, frozen=True):
    """Focus by hand: `motion` 00 stop, 02 and 2p far, 03 and 3p near."""

    layout: ClassVar = "01 04 08 {motion}"
    motion: Byte


class FocusDirect(Message, frozen=True):
    """Focus to a position."""

    layout: ClassVar = "01 04 48 {focus:u}"
    focus: Word


class FocusMode(IntEnum):
    """Who focuses."""

    AUTO = 0x02
    MANUAL = 0x03
    TOGGLE = 0x10


class Focus(Message, frozen=True):
    """Choose who focuses."""

    layout: ClassVar = "01 04 38 {mode}"
    mode: FocusMode


class FocusTrigger(Message, frozen=True):
    """Focus once (01), or to infinity (02)."""

    layout: ClassVar = "01 04 18 {trigger}"
    trigger: Annotated[int, msgspec.Meta(ge=1, le=2)]


class MemoryAction(IntEnum):
    """What to do with a stored position."""

    RESET = 0
    SET = 1
    RECALL = 2


class Memory(Message, frozen=True):
    """Store, forget or go to position `number`."""

    layout: ClassVar = "01 04 3F 0{action} {number}"
    action: MemoryAction
    number: Byte


class Pan(IntEnum):
    """Direction of a pan."""

    LEFT = 1
    RIGHT = 2
    STOP = 3


class Tilt(IntEnum):
    """Direction of a tilt."""

    UP = 1
    DOWN = 2
    STOP = 3


class PanTiltDrive(Message, frozen=True):
    """Move, or stop, until told otherwise."""

    layout: ClassVar = "01 06 01 {pan_speed} {tilt_speed} 0{pan} 0{tilt}"
    pan_speed: Byte
    tilt_speed: Byte
    pan: Pan
    tilt: Tilt


class PanTiltAbsolute(Message, frozen=True):
    """Go to a place, in the camera's units."""

    layout: ClassVar = "01 06 02 {pan_speed} {tilt_speed} {pan:s} {tilt:s}"
    pan_speed: Byte
    tilt_speed: Byte
    pan: SignedWord
    tilt: SignedWord


class PanTiltRelative(Message, frozen=True):
    """Go this far from here, in the camera's units."""

    layout: ClassVar = "01 06 03 {pan_speed} {tilt_speed} {pan:s} {tilt:s}"
    pan_speed: Byte
    tilt_speed: Byte
    pan: SignedWord
    tilt: SignedWord


class PanTiltAbsoluteLong(PanTiltAbsolute, frozen=True):
    """The same to a camera that counts its pan in five nibbles: BRC-300, BRC-H700."""

    layout: ClassVar = "01 06 02 {pan_speed} {tilt_speed} {pan:l} {tilt:s}"
    pan: LongWord


class PanTiltRelativeLong(PanTiltRelative, frozen=True):
    """The same to a camera that counts its pan in five nibbles."""

    layout: ClassVar = "01 06 03 {pan_speed} {tilt_speed} {pan:l} {tilt:s}"
    pan: LongWord


class PanTiltHome(Message, frozen=True):
    """Go home."""

    layout: ClassVar = "01 06 04"


class PanTiltReset(Message, frozen=True):
    """Find the ends of both axes again, and go home."""

    layout: ClassVar = "01 06 05"


class LimitSet(Message, frozen=True):
    """Do not go beyond this corner: 1 is up and right, 0 down and left."""

    layout: ClassVar = "01 06 07 00 0{corner} {pan:s} {tilt:s}"
    corner: Annotated[int, msgspec.Meta(ge=0, le=1)]
    pan: SignedWord
    tilt: SignedWord


class LimitSetLong(LimitSet, frozen=True):
    """The same to a camera that counts its pan in five nibbles."""

    layout: ClassVar = "01 06 07 00 0{corner} {pan:l} {tilt:s}"
    pan: LongWord


class LimitClear(Message, frozen=True):
    """Forget the limit in this corner."""

    layout: ClassVar = "01 06 07 01 0{corner} 07 0F 0F 0F 07 0F 0F 0F"
    corner: Annotated[int, msgspec.Meta(ge=0, le=1)]


class LimitClearLong(LimitClear, frozen=True):
    """The same to a camera that counts its pan in five nibbles."""

    layout: ClassVar = "01 06 07 01 0{corner} 07 0F 0F 0F 0F 07 0F 0F 0F"


BROADCASTS = Catalogue((AddressSet, InterfaceClear, MistypedInterfaceClear))

# the commands of a joystick first: they are looked for in this order
COMMANDS = Catalogue(
    (
        PanTiltDrive,
        ZoomStop,
        ZoomTele,
        ZoomWide,
        ZoomTeleVariable,
        ZoomWideVariable,
        PanTiltAbsolute,
        PanTiltRelative,
        PanTiltHome,
        PanTiltReset,
        ZoomDirect,
        ZoomFocusDirect,
        DigitalZoom,
        FocusDrive,
        FocusDirect,
        Focus,
        FocusTrigger,
        Memory,
        Power,
        Menu,
        LimitSet,
        LimitClear,
        PanTiltAbsoluteLong,
        PanTiltRelativeLong,
        LimitSetLong,
        LimitClearLong,
    )
)
