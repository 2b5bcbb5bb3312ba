"""The commands that a controller sends to a camera. Source: command lists of EVI-D70 and EVI-D80/D90.

Speeds are accepted as they come, zero and out of range included: real controllers send both.
"""

from enum import IntEnum
from typing import Annotated, ClassVar

import msgspec

from drivers.visca.wire import settings
from drivers.visca.wire.layout import Byte, Catalogue, LongWord, Message, Nibble, SignedWord, Word
from drivers.visca.wire.switch import Switch


class AddressSet(Message, frozen=True):
    """Broadcast: the next camera of the daisy chain takes `address` and passes the next free one on."""

    layout: ClassVar = "30 0{address}"
    address: Annotated[int, msgspec.Meta(ge=1, le=8)]


class InterfaceClear(Message, frozen=True):
    """IF_Clear: clears the command buffers; whatever is being executed ends."""

    layout: ClassVar = "01 00 01"


class MistypedInterfaceClear(Message, frozen=True):
    """IF_Clear as obs-ptz broadcasts it on serial lines, with two bytes swapped."""

    layout: ClassVar = "01 00 10"


class Cancel(Message, frozen=True):
    """Cancels the command in a socket."""

    layout: ClassVar = "2{socket}"
    socket: Nibble


class Power(Message, frozen=True):
    """Switches on, or to standby."""

    layout: ClassVar = "01 04 00 {state}"
    state: Switch


class Menu(Message, frozen=True):
    """Shows or hides the on-screen menu."""

    layout: ClassVar = "01 06 06 {state}"
    state: Switch


class ZoomStop(Message, frozen=True):
    """Stops the zoom."""

    layout: ClassVar = "01 04 07 00"


class ZoomTele(Message, frozen=True):
    """Zooms in at the standard speed."""

    layout: ClassVar = "01 04 07 02"


class ZoomWide(Message, frozen=True):
    """Zooms out at the standard speed."""

    layout: ClassVar = "01 04 07 03"


class ZoomTeleVariable(Message, frozen=True):
    """Zooms in; `speed` 0 is slow but moves, 7 is fast."""

    layout: ClassVar = "01 04 07 2{speed}"
    speed: Nibble


class ZoomWideVariable(Message, frozen=True):
    """Zooms out; `speed` 0 is slow but moves, 7 is fast."""

    layout: ClassVar = "01 04 07 3{speed}"
    speed: Nibble


class ZoomDirect(Message, frozen=True):
    """Moves the zoom to a position."""

    layout: ClassVar = "01 04 47 {zoom:u}"
    zoom: Word


class ZoomFocusDirect(Message, frozen=True):
    """Moves zoom and focus to positions."""

    layout: ClassVar = "01 04 47 {zoom:u} {focus:u}"
    zoom: Word
    focus: Word


class DigitalZoom(Message, frozen=True):
    """Switches digital zoom, beyond the optical range."""

    layout: ClassVar = "01 04 06 {state}"
    state: Switch


class FocusDrive(Message, frozen=True):
    """Drives a manual focus: `motion` 00 stop, 02 and 2p far, 03 and 3p near."""

    layout: ClassVar = "01 04 08 {motion}"
    motion: Byte


class FocusDirect(Message, frozen=True):
    """Moves the focus to a position."""

    layout: ClassVar = "01 04 48 {focus:u}"
    focus: Word


class FocusMode(IntEnum):
    """Automatic or manual focus."""

    AUTO = 0x02
    MANUAL = 0x03
    TOGGLE = 0x10


class Focus(Message, frozen=True):
    """Selects automatic or manual focus."""

    layout: ClassVar = "01 04 38 {mode}"
    mode: FocusMode


class FocusTrigger(Message, frozen=True):
    """Focuses once (01, one-push AF), or to infinity (02)."""

    layout: ClassVar = "01 04 18 {trigger}"
    trigger: Annotated[int, msgspec.Meta(ge=1, le=2)]


class MemoryAction(IntEnum):
    """What is done with a stored position."""

    RESET = 0
    SET = 1
    RECALL = 2


class Memory(Message, frozen=True):
    """Stores, recalls or resets the preset `number`."""

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
    """Moves pan and tilt until another drive or a stop."""

    layout: ClassVar = "01 06 01 {pan_speed} {tilt_speed} 0{pan} 0{tilt}"
    pan_speed: Byte
    tilt_speed: Byte
    pan: Pan
    tilt: Tilt


class RecallSpeed(Message, frozen=True):
    """Sets the speed of the moves to presets. Source: PTZOptics, "Preset Recall Speed"."""

    layout: ClassVar = "01 06 01 {speed}"
    speed: Annotated[int, msgspec.Meta(ge=1, le=0x18)]


class PresetSpeed(Message, frozen=True):
    """Sets the speed of the move to one preset. Source: BRC-X400, "Preset speed select"."""

    layout: ClassVar = "01 7E 01 0B {number} {speed}"
    number: Byte
    speed: Annotated[int, msgspec.Meta(ge=1, le=0x18)]


class PanTiltAbsolute(Message, frozen=True):
    """Moves to a position in the camera's units."""

    layout: ClassVar = "01 06 02 {pan_speed} {tilt_speed} {pan:s} {tilt:s}"
    pan_speed: Byte
    tilt_speed: Byte
    pan: SignedWord
    tilt: SignedWord


class PanTiltRelative(Message, frozen=True):
    """Moves by a distance in the camera's units."""

    layout: ClassVar = "01 06 03 {pan_speed} {tilt_speed} {pan:s} {tilt:s}"
    pan_speed: Byte
    tilt_speed: Byte
    pan: SignedWord
    tilt: SignedWord


class PanTiltAbsoluteLong(PanTiltAbsolute, frozen=True):
    """The same for a camera whose pan positions have five nibbles: BRC-300, BRC-H700."""

    layout: ClassVar = "01 06 02 {pan_speed} {tilt_speed} {pan:l} {tilt:s}"
    pan: LongWord


class PanTiltRelativeLong(PanTiltRelative, frozen=True):
    """The same for a camera whose pan positions have five nibbles."""

    layout: ClassVar = "01 06 03 {pan_speed} {tilt_speed} {pan:l} {tilt:s}"
    pan: LongWord


class PanTiltHome(Message, frozen=True):
    """Moves to the home position."""

    layout: ClassVar = "01 06 04"


class PanTiltReset(Message, frozen=True):
    """Initialises pan and tilt, then moves to the home position."""

    layout: ClassVar = "01 06 05"


class LimitSet(Message, frozen=True):
    """Sets a limit of movement: corner 1 is up and right, 0 down and left."""

    layout: ClassVar = "01 06 07 00 0{corner} {pan:s} {tilt:s}"
    corner: Annotated[int, msgspec.Meta(ge=0, le=1)]
    pan: SignedWord
    tilt: SignedWord


class LimitSetLong(LimitSet, frozen=True):
    """The same for a camera whose pan positions have five nibbles."""

    layout: ClassVar = "01 06 07 00 0{corner} {pan:l} {tilt:s}"
    pan: LongWord


class LimitClear(Message, frozen=True):
    """Clears the limit in this corner."""

    layout: ClassVar = "01 06 07 01 0{corner} 07 0F 0F 0F 07 0F 0F 0F"
    corner: Annotated[int, msgspec.Meta(ge=0, le=1)]


class LimitClearLong(LimitClear, frozen=True):
    """The same for a camera whose pan positions have five nibbles."""

    layout: ClassVar = "01 06 07 01 0{corner} 07 0F 0F 0F 0F 07 0F 0F 0F"


BROADCASTS = Catalogue((AddressSet, InterfaceClear, MistypedInterfaceClear))

# a joystick's commands first: they are matched in this order
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
        RecallSpeed,
        PresetSpeed,
        Power,
        Menu,
        LimitSet,
        LimitClear,
        PanTiltAbsoluteLong,
        PanTiltRelativeLong,
        LimitSetLong,
        LimitClearLong,
        *settings.COMMANDS,
    )
)
