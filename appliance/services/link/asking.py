"""Inputs of programs, who are told what became of them."""

from collections.abc import Callable

from appliance.room.inputs import Input
from appliance.room.intents.base import Intent


class Asking:
    """Puts an input where inputs go, and hears meanwhile what it means. Both happen in one call of the event loop."""

    def __init__(self, put: Callable[[Input], None]) -> None:
        self._put = put
        self._meant: list[Intent] | None = None  # while an input is put

    def ask(self, given: Input) -> tuple[Intent, ...]:
        """Takes an input; returns what it means in the room as it is, nothing where it means nothing."""
        meant = self._meant = list[Intent]()
        try:
            self._put(given)
        finally:
            self._meant = None
        return tuple(meant)

    def intended(self, intent: Intent) -> None:
        """Hears each intent of a press."""
        if self._meant is not None:
            self._meant.append(intent)
