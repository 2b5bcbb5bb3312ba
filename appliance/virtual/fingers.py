"""Fingers on virtual buttons: they stay as long as a button needs to notice them, as people's do."""

from collections import defaultdict
from collections.abc import Mapping

import trio

from drivers.gpio.config import ButtonConfig
from drivers.gpio.fake import VirtualGpio

LONGER = 0.02  # seconds that a finger stays, or stays away, beyond the debouncing of its button


class Fingers:
    """Moves each button no faster than its debouncing follows: the shortest click is a press, not a spike."""

    def __init__(self, gpio: VirtualGpio, buttons: Mapping[str, ButtonConfig]) -> None:
        """`buttons` may change: it is looked at for each movement."""
        self._gpio = gpio
        self._buttons = buttons
        self._turns = defaultdict[str, trio.Lock](trio.Lock)
        self._noticed_at: dict[str, float] = {}

    async def move(self, name: str, *, pressed: bool) -> None:
        """Presses or releases, as soon as what was done before has been noticed; in the order of the calls."""
        async with self._turns[name]:
            if self._gpio.pressed(name) is not pressed:
                await trio.sleep_until(self._noticed_at.get(name, 0.0))
                (self._gpio.press if pressed else self._gpio.release)(name)
                self._noticed_at[name] = trio.current_time() + self._buttons[name].debounce + LONGER
