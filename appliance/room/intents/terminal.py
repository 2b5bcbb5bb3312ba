"""The terminal itself: who controls it, what it shows, whether it sleeps."""

from appliance.room.intents.base import Intent
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.newer.values import NewerMatrixType


class Reclaim(Intent, frozen=True):
    """Take control of the terminal back from another controller."""


class SendCommand(Intent, frozen=True):
    """A command of the terminal's interface, as the configuration has it."""

    command: Command

    def __repr__(self) -> str:
        """Returns it without its parameters: a password may be among them."""
        return f"SendCommand({self.command.method})"


class ShareContent(Intent, frozen=True):
    """The others see a screen or window of the terminal, by its number there, or do not any more."""

    on: bool
    source: int = 1


class SetLayout(Intent, frozen=True):
    """The terminal lays the pictures of a call out in this way."""

    kind: NewerMatrixType


class SetSleep(Intent, frozen=True):
    """The terminal sleeps or wakes."""

    on: bool


class RestartTerminal(Intent, frozen=True):
    """The terminal's computer starts again."""
