"""The inquiries of a controller, and the replies to them. Source: inquiry lists of EVI-D70 and EVI-D80/D90.

A reply is the completion of socket 0 (50) followed by the values; only the inquiry tells which reply it is.
"""

from enum import IntFlag
from typing import ClassVar

from drivers.visca.wire import blocks, settings
from drivers.visca.wire.commands import FocusMode
from drivers.visca.wire.layout import Byte, Catalogue, LongWord, Message, SignedWord, Word
from drivers.visca.wire.switch import Switch


class VersionInquiry(Message, frozen=True):
    """CAM_VersionInq: asks for the model."""

    layout: ClassVar = "09 00 02"


class Version(Message, frozen=True):
    """Vendor (0001 Sony), model, ROM version, number of sockets."""

    layout: ClassVar = "50 {vendor:w} {model:w} {rom:w} {sockets}"
    vendor: Word
    model: Word
    rom: Word
    sockets: Byte = 2


class PowerInquiry(Message, frozen=True):
    """CAM_PowerInq: asks whether the camera is on."""

    layout: ClassVar = "09 04 00"


class FocusModeInquiry(Message, frozen=True):
    """CAM_FocusModeInq: asks whether focus is automatic."""

    layout: ClassVar = "09 04 38"


class MenuInquiry(Message, frozen=True):
    """Asks whether the on-screen menu is shown."""

    layout: ClassVar = "09 06 06"


class SwitchState(Message, frozen=True):
    """Replies on or off."""

    layout: ClassVar = "50 {state}"
    state: Switch


class Mode(Message, frozen=True):
    """Replies with the mode of a function."""

    layout: ClassVar = "50 {mode}"
    mode: Byte


class FocusModeState(Message, frozen=True):
    """Replies with the focus mode."""

    layout: ClassVar = "50 {mode}"
    mode: FocusMode


class ZoomInquiry(Message, frozen=True):
    """CAM_ZoomPosInq: asks for the position of the zoom."""

    layout: ClassVar = "09 04 47"


class FocusInquiry(Message, frozen=True):
    """CAM_FocusPosInq: asks for the position of the focus."""

    layout: ClassVar = "09 04 48"


class IdInquiry(Message, frozen=True):
    """CAM_IDInq: asks for the identifier that a controller has set."""

    layout: ClassVar = "09 04 22"


class ValueReply(Message, frozen=True):
    """Replies with one 16-bit value: a position of zoom or focus, or the identifier."""

    layout: ClassVar = "50 {value:u}"
    value: Word


class MemoryInquiry(Message, frozen=True):
    """CAM_MemoryInq: asks which preset was used last."""

    layout: ClassVar = "09 04 3F"


class LastMemory(Message, frozen=True):
    """The stored position that was used last."""

    layout: ClassVar = "50 {number}"
    number: Byte


class PanTiltInquiry(Message, frozen=True):
    """Pan-tiltPosInq: asks for the position of pan and tilt."""

    layout: ClassVar = "09 06 12"


class PanTiltPosition(Message, frozen=True):
    """Replies with the position of pan and tilt in the camera's units."""

    layout: ClassVar = "50 {pan:s} {tilt:s}"
    pan: SignedWord
    tilt: SignedWord


class PanTiltPositionLong(PanTiltPosition, frozen=True):
    """The same from a camera whose pan positions have five nibbles: BRC-300, BRC-H700."""

    layout: ClassVar = "50 {pan:l} {tilt:s}"
    pan: LongWord


class MaxSpeedInquiry(Message, frozen=True):
    """Pan-tiltMaxSpeedInq: asks for the highest speeds."""

    layout: ClassVar = "09 06 11"


class MaxSpeed(Message, frozen=True):
    """The highest speeds of pan and tilt."""

    layout: ClassVar = "50 {pan} {tilt}"
    pan: Byte
    tilt: Byte


class StatusInquiry(Message, frozen=True):
    """Pan-tiltModeInq: asks for the status of pan and tilt."""

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
        *blocks.INQUIRIES,
        *settings.INQUIRIES,
    )
)
