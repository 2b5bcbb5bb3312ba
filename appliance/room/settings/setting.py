"""What a setting of the terminal is: how programs call it, which part of what the terminal tells has it, its values."""

from enum import StrEnum
from typing import TypeAlias

import msgspec

from appliance.language.text import Text

Value: TypeAlias = bool | int | str
"""A switch is on or off, a level in percent; a choice is one of its words, a device its key in the terminal's list."""


class Kind(StrEnum):
    """How a setting is set."""

    SWITCH = "switch"
    LEVEL = "level"
    CHOICE = "choice"
    DEVICE = "device"


class Part(StrEnum):
    """What is read of the terminal in one go, by one command; see `appliance.room.settings.reads`."""

    SETTINGS = "settings"
    HARDWARE = "hardware"
    SOUNDS = "sounds"
    ROTATION = "rotation"
    BLUR = "blur"
    BACKGROUND = "background"
    NOISE = "noise"
    HTTP = "http"


class Group(StrEnum):
    """Under which heading people look for it."""

    DEVICES = "devices"
    SOUND = "sound"
    PICTURE = "picture"
    CALLS = "calls"
    SCREEN = "screen"
    MACHINE = "machine"


class Word(msgspec.Struct, frozen=True):
    """A value of a choice: the terminal's, ours, and what people read."""

    wire: int | str
    value: int | str
    text: Text


class Setting(msgspec.Struct, frozen=True):
    """One setting. `called`: by people. `wire`: its name in `getSettings`, for those of that part.

    `words`: of a choice. `needs_login`: it belongs to the account that the terminal is logged in with on its server,
    and is hidden while there is none.
    """

    name: str
    called: Text
    kind: Kind
    group: Group
    part: Part = Part.SETTINGS
    wire: str = ""
    words: tuple[Word, ...] = ()
    needs_login: bool = False
