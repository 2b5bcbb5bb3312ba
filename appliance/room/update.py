"""Which version the box has, which one it is to have, and what became of the last update.

The update service of the card is another process, with root's rights; this is the part of what it knows that people
are shown. It is written by one version and read by another, perhaps an older one to which the box has come back: so a
sentence brings its English along, for whoever does not know its key.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

import msgspec

from appliance.language.text import NOTHING, Text, is_known, verbatim


class UpdatePhase(StrEnum):
    """How far an update is."""

    IDLE = "idle"
    OFFERED = "offered"  # there is a newer version, and nobody has asked for it
    INSTALLING = "installing"
    RESTART = "restart"  # it is written, and the box restarts as soon as no call is up
    TRIAL = "trial"  # it runs, and has not been confirmed yet


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sentence as JSON: its key, its values, and the same in English."""

    key: str
    english: str
    values: Mapping[str, "str | int | Said"] = {}

    def text(self) -> Text:
        """Returns the sentence; its English where this version does not know it."""
        if not is_known(self.key):
            return verbatim(self.english)
        values = {name: value.text() if isinstance(value, Said) else value for name, value in self.values.items()}
        return Text(self.key, **values)


_Value: TypeAlias = "str | int | Said"


def said(text: Text) -> Said:
    """Returns a sentence as it is kept."""
    values: dict[str, _Value] = {}
    for name, value in text.params.items():
        if isinstance(value, Text):
            values[name] = said(value)
        else:
            values[name] = value if isinstance(value, str | int) else str(value)
    return Said(text.key, str(text), values)


class Update(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the box knows of its version; `installed` is empty where nothing renews this box.

    `wanted`: the version that is offered or on its way. `failed`: the last update was not to be; `result` says what
    became of it in any case.
    """

    installed: str = ""
    wanted: str = ""
    phase: UpdatePhase = UpdatePhase.IDLE
    result: Said | None = None
    failed: bool = False

    @property
    def told(self) -> Text:
        """What became of the last update; nothing where there was none."""
        return NOTHING if self.result is None else self.result.text()
