"""The hardware that a box has, for whoever asks: looked at in a thread, one at a time, every ten seconds at most."""

import math
import os
from typing import TYPE_CHECKING, Final

import msgspec
import trio

from appliance.api.devices import Hardware
from appliance.config.schema import Config

if TYPE_CHECKING:
    from appliance.inventory.asked_for import Configured
    from appliance.inventory.machine import Piece, Places

AGAIN: Final = 10.0  # seconds; a look opens every input device, and people plug in by hand


class There:
    """What is there."""

    def __init__(self, places: "Places | None" = None) -> None:
        """`places`: where to look; None: where the system has it."""
        self._places = places
        self._hardware: tuple[Hardware, ...] = ()
        self._of: Config | None = None
        self._look_at = -math.inf
        self._one = trio.Lock()

    async def hardware(self, config: Config) -> tuple[Hardware, ...]:
        """Returns it, with what a configuration uses; at most `AGAIN` old."""
        async with self._one:
            if config is not self._of or trio.current_time() >= self._look_at:
                self._hardware = await trio.to_thread.run_sync(found, config, self._places)
                self._of, self._look_at = config, trio.current_time() + AGAIN
            return self._hardware


def found(config: Config, places: "Places | None" = None) -> tuple[Hardware, ...]:
    """Returns what this machine has. Blocks."""
    if config.hardware == "virtual":
        return ()
    from appliance.inventory.asked_for import configured  # noqa: PLC0415  # who is not asked need not wait for it
    from appliance.inventory.machine import Places, take  # noqa: PLC0415  # as above

    where = msgspec.structs.replace(places or Places(), chip=config.gpio.chip)
    asked = configured(config, where)
    return tuple(_hardware(piece, asked) for piece in take(where).found)


def _hardware(piece: "Piece", asked: "list[Configured]") -> Hardware:
    users = tuple(each.key for each in asked if _is(each, piece.path))
    about = (piece.kind, piece.path, piece.name, piece.use, piece.trouble, piece.product, piece.port)
    return Hardware(*about, users)


def _is(asked: "Configured", path: str) -> bool:
    """Returns whether this is where a device of the configuration is: by its path, or by one that leads there."""
    if asked.path:
        return asked.path == path
    named = [word.rstrip(",") for word in asked.device.split() if word.startswith("/")]
    return any(word == os.path.realpath(path) or path in {word, os.path.realpath(word)} for word in named)
