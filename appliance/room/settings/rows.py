"""What people and programs are shown of each setting: its confirmed value, what it may be, and whether it may be set.

A setting that this terminal does not have is left out. One that it has and that cannot be set now says why.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from appliance.language.text import NOTHING, Text, verbatim
from appliance.room.settings.reads import ADMINISTRATORS, NEWER, USER
from appliance.room.settings.setting import Kind, Setting, Value
from appliance.room.settings.table import SETTINGS
from appliance.room.settings.told import Told
from appliance.room.settings.values import NONE, key_of

NOT_TOLD: Final = Text("setting.why_not_told")
ONLY_ADMINISTRATOR: Final = Text("setting.why_administrator")
ONLY_LOGGED_IN: Final = Text("setting.why_logged_in")
NO_MICROPHONE: Final = Text("setting.why_no_microphone")
NO_PICTURE: Final = Text("setting.why_no_picture")
_WORDS: Final = {True: Text("setting.on"), False: Text("setting.off")}


class Option(msgspec.Struct, frozen=True):
    """A value that can be chosen, and its words."""

    value: Value
    text: Text


class Row(msgspec.Struct, frozen=True):
    """A setting as it is. `value`: confirmed; None where it is not known, or stands for nothing.

    `why`: why it cannot be set now; NOTHING where it can. `options`: of a choice or a device. `least`, `most`: percent.
    `remark`: what else decides it, or follows it.
    """

    setting: Setting
    value: Value | None = None
    why: Text = NOTHING
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 100
    remark: Text = NOTHING

    def worded(self, value: Value | None) -> Text:
        """Returns a value of this setting in words; NOTHING for None."""
        if value is None:
            return NOTHING
        if isinstance(value, bool):
            return _WORDS[value]
        if self.setting.kind is Kind.LEVEL:
            return Text("setting.percent", percent=value)
        return next((each.text for each in self.options if each.value == value), verbatim(str(value)))


class Around(msgspec.Struct, frozen=True):
    """What else is known of the room: `account` on the terminal, whether the terminal is `logged_in` to its server.

    `remarks` by the names of settings. `least`, `most`: within which the room's configuration sets the volume, percent.
    """

    account: str = ""
    logged_in: bool = True
    remarks: Mapping[str, Text] = {}
    least: int = 0
    most: int = 100


def rows(told: Told, around: Around) -> tuple[Row, ...]:
    """Returns every setting that this terminal has, in the order of the table."""
    return tuple(_rows(told, around))


def _rows(told: Told, around: Around) -> Iterator[Row]:
    for setting in SETTINGS:
        if _is_there(setting, told, around):
            remark = around.remarks.get(setting.name, NOTHING)
            value = told.values.get(setting.name)
            least, most = (around.least, around.most) if setting.name == "loudspeaker_level" else (0, 100)
            why = _why_not(setting, told, around)
            yield Row(setting, value, why, _options(setting, told), least, most, remark)


def _is_there(setting: Setting, told: Told, around: Around) -> bool:
    """Returns whether the terminal has a setting, as far as that is known."""
    if setting.part in told.absent or (setting.part in NEWER and setting.part not in told.known):
        return False
    if setting.part not in told.known or setting.name in told.values:
        return True
    return setting.needs_login and not around.logged_in


def _why_not(setting: Setting, told: Told, around: Around) -> Text:
    if setting.part in ADMINISTRATORS and around.account == USER:
        return ONLY_ADMINISTRATOR
    if setting.part not in told.known:
        return told.failed.get(setting.part, NOT_TOLD)
    if setting.name not in told.values:
        return ONLY_LOGGED_IN
    if setting.name == "microphone_level" and told.values[setting.name] is None:
        return NO_MICROPHONE
    if setting.name == "background_picture" and told.file_id is None:
        return NO_PICTURE
    return NOTHING


def _options(setting: Setting, told: Told) -> tuple[Option, ...]:
    if setting.kind is Kind.CHOICE:
        return tuple(Option(word.value, word.text) for word in setting.words)
    if setting.kind is not Kind.DEVICE:
        return ()
    listed = told.devices.get("loudspeaker" if setting.name == "ringing_device" else setting.name, ())
    found = {key_of(each, listed): each.name or each.description for each in listed if each.name or each.description}
    return (
        *(Option(name, verbatim(_apart(label, name, found))) for name, label in found.items()),
        Option(NONE, Text("setting.none")),
    )


def _apart(label: str, name: str, found: Mapping[str, str]) -> str:
    """Returns what a device is called; two of the same name are told apart by what the system calls them."""
    return label if [*found.values()].count(label) < 2 else f"{label} ({name})"
