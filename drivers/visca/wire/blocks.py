"""The block inquiries (09 7E 7E 0x), which ask for many values at once. Source: EVI-D70 and FCB command lists.

obs-ptz asks for all of them before it does anything else. Their replies have 16 bytes, one bit or nibble a value.
"""

from typing import ClassVar

from drivers.visca.wire.layout import Byte, Message, Nibble, Word


class LensBlockInquiry(Message, frozen=True):
    """Asks for zoom and focus."""

    layout: ClassVar = "09 7E 7E 00"


class LensBlock(Message, frozen=True):
    """Replies with zoom and focus; `flags`: bit 0 automatic focus, bit 1 digital zoom."""

    layout: ClassVar = "50 {zoom:u} 0{near_limit_high} 0{near_limit_low} {focus:u} 00 {flags} {status}"
    zoom: Word
    near_limit_high: Nibble = 0
    near_limit_low: Nibble = 0
    focus: Word = 0
    flags: Byte = 0x01
    status: Byte = 0


class CameraBlockInquiry(Message, frozen=True):
    """Asks for white balance and exposure."""

    layout: ClassVar = "09 7E 7E 01"


class AutomaticCameraBlock(Message, frozen=True):
    """Replies that white balance and exposure are automatic: mode 0 of both, and every level 0."""

    layout: ClassVar = "50 00 00 00 00 00 00 00 00 00 00 00 00 00"


class OtherBlockInquiry(Message, frozen=True):
    """Asks for power, identifier and the like."""

    layout: ClassVar = "09 7E 7E 02"


class OtherBlock(Message, frozen=True):
    """Replies with power (bit 0 of the first byte) and the identifier."""

    layout: ClassVar = "50 {power} 00 00 00 00 00 {identifier:u} 00 00 00"
    power: Byte = 1
    identifier: Word = 0


class EnlargementBlockInquiry(Message, frozen=True):
    """Asks for the extended functions."""

    layout: ClassVar = "09 7E 7E 03"


class PlainEnlargementBlock(Message, frozen=True):
    """Replies that no extended function is in use."""

    layout: ClassVar = "50 00 00 00 00 00 00 00 00 00 00 00 00 00"


INQUIRIES = (LensBlockInquiry, CameraBlockInquiry, OtherBlockInquiry, EnlargementBlockInquiry)
