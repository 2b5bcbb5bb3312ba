"""What concerns the appliance alone: whether the room may be disturbed, who may use it, and where it is found."""

from typing import ClassVar

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import SWITCH_WORDS, SWITCHES, Verb, alone

LONGEST = 1440
"""Minutes: a day."""


class DoNotDisturb(Action, frozen=True):
    """`dnd [on [MINUTES]|off]`; `on` None: the opposite of what it is. `minutes` None: until somebody ends it."""

    without_link: ClassVar[bool] = True
    on: bool | None = None
    minutes: int | None = None


class Lock(Action, frozen=True):
    """`lock`: nobody may use the room's inputs until the PIN of the configuration is typed."""

    without_link: ClassVar[bool] = True


class ShowAddress(Action, frozen=True):
    """`show_address`: the display shows the appliance's address for a while."""

    without_link: ClassVar[bool] = True


class ShowPassword(Action, frozen=True):
    """`show_password`: whoever maintains the box gets a new password, which the display shows for a minute."""

    without_link: ClassVar[bool] = True


class InvitePhone(Action, frozen=True):
    """`pair`: the display shows a QR code by which a phone is paired with the room; once more, and it is gone."""

    without_link: ClassVar[bool] = True


class InstallUpdate(Action, frozen=True):
    """`update`: the newer version that the box has been offered is installed, when no call is up."""

    without_link: ClassVar[bool] = True


def _dnd(text: str, rest: list[str]) -> Action:
    if tuple(rest) in SWITCHES:
        return DoNotDisturb(SWITCHES[tuple(rest)])
    digits = rest[1] if len(rest) == 2 and rest[0] == "on" and rest[1].isascii() and rest[1].isdigit() else ""
    if not digits or len(digits) > len(str(LONGEST)) or not 1 <= int(digits) <= LONGEST:
        raise ActionError(Text("mistake.expected_form", action=text, form=f"dnd [on [1..{LONGEST}]|off]"))
    return DoNotDisturb(on=True, minutes=int(digits))


def _words_of_dnd(action: DoNotDisturb) -> str:
    minutes = () if action.minutes is None else (str(action.minutes),)
    return " ".join(("dnd", *SWITCH_WORDS[action.on], *minutes))


VERBS = (
    Verb("dnd", (f"dnd [on [1..{LONGEST}]|off]",), _dnd, {DoNotDisturb: _words_of_dnd}),
    alone("lock", Lock()),
    alone("show_address", ShowAddress()),
    alone("show_password", ShowPassword()),
    alone("pair", InvitePhone()),
    alone("update", InstallUpdate()),
)
