"""Commands and inquiries of the camera's picture: focus, white balance, exposure and the like, and the tally lamp.

A camera that has the function executes them; the appliance passes them on to such a camera without looking into them.
Source: command lists of EVI-D70, EVI-D80/D90, BRC-X400 and SRG-300H; PTZOptics VISCA over IP command list.
"""

from enum import IntEnum
from typing import ClassVar

from drivers.visca.wire.layout import Byte, Message, Word
from drivers.visca.wire.switch import Switch


class Setting(IntEnum):
    """Functions that take one byte: on and off (02, 03), a mode, or a step (00 reset, 02 up, 03 down)."""

    INFRARED = 0x01
    APERTURE = 0x02
    RED_GAIN = 0x03
    BLUE_GAIN = 0x04
    SHUTTER = 0x0A
    IRIS = 0x0B
    GAIN = 0x0C
    BRIGHT = 0x0D
    EXPOSURE_COMPENSATION = 0x0E
    WHITE_BALANCE_TRIGGER = 0x10
    FLICKER = 0x23
    GAIN_LIMIT = 0x2C
    BACKLIGHT = 0x33
    WHITE_BALANCE = 0x35
    EXPOSURE_MODE = 0x39
    WIDE_DYNAMIC_RANGE = 0x3D
    EXPOSURE_COMPENSATION_SWITCH = 0x3E
    HIGH_RESOLUTION = 0x52
    NOISE_REDUCTION = 0x53
    FOCUS_AUTO_MODE = 0x57
    FOCUS_SENSITIVITY = 0x58
    SLOW_SHUTTER = 0x5A
    GAMMA = 0x5B
    MIRROR = 0x61
    FREEZE = 0x62
    PICTURE_EFFECT = 0x63
    FLIP = 0x66


class Level(IntEnum):
    """Functions that take a value of 16 bits."""

    FOCUS_NEAR_LIMIT = 0x28
    APERTURE = 0x42
    RED_GAIN = 0x43
    BLUE_GAIN = 0x44
    COLOUR_GAIN = 0x49
    SHUTTER = 0x4A
    IRIS = 0x4B
    GAIN = 0x4C
    BRIGHT = 0x4D
    EXPOSURE_COMPENSATION = 0x4E
    COLOUR_HUE = 0x4F


class SetSetting(Message, frozen=True):
    """Sets a function of the picture, by mode or step."""

    layout: ClassVar = "01 04 {setting} {value}"
    setting: Setting
    value: Byte


class SetLevel(Message, frozen=True):
    """Sets a function of the picture to a value."""

    layout: ClassVar = "01 04 {level} {value:u}"
    level: Level
    value: Word


class Tally(Message, frozen=True):
    """Lights the tally lamp."""

    layout: ClassVar = "01 7E 01 0A 00 {state}"
    state: Switch


class SettingInquiry(Message, frozen=True):
    """Asks for the mode of a function of the picture."""

    layout: ClassVar = "09 04 {setting}"
    setting: Setting


class LevelInquiry(Message, frozen=True):
    """Asks for the value of a function of the picture."""

    layout: ClassVar = "09 04 {level}"
    level: Level


class TallyInquiry(Message, frozen=True):
    """Asks whether the tally lamp is lit."""

    layout: ClassVar = "09 7E 01 0A"


COMMANDS = (SetSetting, SetLevel, Tally)
INQUIRIES = (SettingInquiry, LevelInquiry, TallyInquiry)
