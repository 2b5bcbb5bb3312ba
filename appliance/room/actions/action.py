"""What every action is."""

import msgspec

from appliance.language.text import Unusable


class ActionError(Unusable):
    """Words that are no action; says what was expected."""


class Action(msgspec.Struct, frozen=True):
    """Base of every action."""


class Nothing(Action, frozen=True):
    """`none`."""
