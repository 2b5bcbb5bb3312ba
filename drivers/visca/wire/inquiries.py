"""Inquiries: what a controller asks a camera, and the answers. Source: inquiry lists of EVI-D70 and EVI-D80/D90.

An answer is the completion of socket 0 (50) followed by what was asked for; only the question tells which answer it is.
"""

from enum import IntFlag
from typing import ClassVar

from drivers.visca.wire.commands import FocusMode, Switch
from drivers.visca.wire.layout import Byte, Catalogue, LongWord, Message, SignedWord, Word


class VersionInquiry(Message, frozen=True):
    """Which camera are you."""

    layout: ClassVar = "09 00 02"


class Version(Message, frozen=True):
    """Vendor (0001 Sony), model, ROM version, number of sockets."""

    layout: ClassVar = "50 {vendor:w} {model:w} {rom:w} {sockets}"
    vendor: Word
    model: Word
    rom: Word
    sockets: Byte = 2


class PowerInquiry(Message, frozen=True):
    """Are you on."""

    layout: ClassVar = "09 04 00"


class FocusModeInquiry(Message, frozen=True):
    """Who focuses."""

    layout: ClassVar = "09 04 38"


class MenuInquiry(Message, frozen=True):
    """Is the on-screen menu shown."""

    layout: ClassVar = "09 06 06"


class SwitchState(Message, frozen=True):
    """On or off."""

    layout: ClassVar = "50 {state}"
    state: Switch


class FocusModeState(Message, frozen=True):
    """Who focuses."""

    layout: ClassVar = "50 {mode}"
    mode: FocusMode


class ZoomInquiry(Message, frozen=True):
    """Where is the zoom."""

    layout: ClassVar = "09 04 47"


class FocusInquiry(Message, frozen=True):
    """Where is the focus."""

    layout: ClassVar = "09 04 48"


class IdInquiry(Message, frozen=True):
    """Which identifier were you given."""

    layout: ClassVar = "09 04 22"


class Place(Message, frozen=True):
    """A position of zoom or focus, or the identifier."""

    layout: ClassVar = "50 {value:u}"
    value: Word


class MemoryInquiry(Message, frozen=True):
    """Which stored position was used last."""

    layout: ClassVar = "09 04 3F"


class LastMemory(Message, frozen=True):
    """The stored position that was used last."""

    layout: ClassVar = "50 {number}"
    number: Byte


class PanTiltInquiry(Message, frozen=True):
    """Where do you look."""

    layout: ClassVar = "09 06 12"


class PanTiltPlace(Message, frozen=True):
    """Where the camera looks, in its units."""

    layout: ClassVar = "50 {pan:s} {tilt:s}"
    pan: SignedWord
    tilt: SignedWord


class PanTiltPlaceLong(PanTiltPlace, frozen=True):
    """The same from a camera that counts its pan in five nibbles: BRC-300, BRC-H700."""

    layout: ClassVar = "50 {pan:l} {tilt:s}"
    pan: LongWord


class MaxSpeedInquiry(Message, frozen=True):
    """How fast can you go."""

    layout: ClassVar = "09 06 11"


class MaxSpeed(Message, frozen=True):
    """The highest speeds of pan and tilt."""

    layout: ClassVar = "50 {pan} {tilt}"
    pan: Byte
    tilt: Byte


class StatusInquiry(Message, frozen=True):
    """How is the pan-tilter."""

    layout: ClassVar = "09 06 10"


class Status(IntFlag):
    """Bits of the pan-tilt status code."""

    AT_LEFT = 0x0001
    AT_RIGHT = 0x0002
    AT_TOP = 0x0004
    AT_BOTTOM = 0x0008
    PAN_UNKNOWN = 0x0010
    TILT_UNKNOWN = 0x0100
    MOVING = 0x0400
    INITIALISED = 0x2000


class PanTiltStatus(Message, frozen=True):
    """The pan-tilt status code, bits of `Status`."""

    layout: ClassVar = "50 {status:w}"
    status: Word


INQUIRIES = Catalogue(
    (
        PanTiltInquiry,
        ZoomInquiry,
        PowerInquiry,
        VersionInquiry,
        StatusInquiry,
        MaxSpeedInquiry,
        FocusModeInquiry,
        FocusInquiry,
        MemoryInquiry,
        IdInquiry,
        MenuInquiry,
    )
)
