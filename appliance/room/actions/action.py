"""What every action is."""

from typing import ClassVar

import msgspec

from appliance.language.text import Unusable


class ActionError(Unusable):
    """Words that are no action; says what was expected."""


class Action(msgspec.Struct, frozen=True):
    """Base of every action.

    `at_once`: acts when a button goes down, also where the press may still become something else. `while_down`: lasts
    from the press to the release. `without_link`: the terminal has no part in it. `ends_link`: the link to the terminal
    is lost over it, and with it all that was to follow.
    """

    at_once: ClassVar[bool] = False
    while_down: ClassVar[bool] = False
    without_link: ClassVar[bool] = False
    ends_link: ClassVar[bool] = False


class Nothing(Action, frozen=True):
    """`none`."""

    without_link: ClassVar[bool] = True
