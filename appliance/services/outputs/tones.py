"""The Pi's own tones and the room: it rings while the terminal rings; keys that dial and presses are heard."""

from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Final

import trio

from appliance.room.intents.base import Intent
from appliance.room.show.indicators import key_tone, rings, ticks
from appliance.room.state import RoomState
from appliance.runtime.files import read_file
from appliance.runtime.followed import Followed
from drivers.errors import DeviceError
from drivers.tones import sound as sounds
from drivers.tones.config import TonesConfig
from drivers.tones.player import Player, sound_cards
from drivers.tones.sound import Sound, SoundError

LARGEST: Final = 32 << 20  # bytes; half a minute, which is the longest, at 192 kHz has 23 million

LOOK_EVERY = 5.0
"""Seconds between looks at which sound cards there are."""
FILE_PAUSE = 1.0
"""Seconds of silence between two rings from a file."""
TICK = "tick"
"""Stands among the symbols of keys for a press that has no tone of its own."""
RING: Final = "ring"
"""Stands for the sound of a caller where a sound is asked for by name."""
KEYS: Final = tuple(sounds.DTMF)
"""The symbols of keys that have a sound."""
TRIAL = sounds.silence(0.02)
"""Opens the card and is not heard."""


class ToneService:
    """Joins one sound card to the room."""

    def __init__(self, config: TonesConfig, room: Followed[RoomState], player: Player) -> None:
        self._config = config
        self._room = room
        self._player = player
        self._pressed = trio.Event()
        self._symbol = ""

    async def sound(self, what: str) -> None:
        """Sounds once to the end, whether or not the room ever does: `RING`, `TICK` or the symbol of a key.

        Raises `DeviceError`: the card does not play it. `KeyError`: there is no such sound.
        """
        await self._player.play(await self._ring_sound() if what == RING else self._key_sound(what))

    def _key_sound(self, what: str) -> Sound:
        if what == TICK:
            return sounds.tone(sounds.PRESS, sounds.PRESS_SECONDS, self._config.amplitude)
        return sounds.tone(sounds.DTMF[what], sounds.KEY_SECONDS, self._config.amplitude)

    def intended(self, intent: Intent, before: RoomState) -> None:
        """Sounds the key of what a person wants; `before` is how the room was. Returns at once."""
        symbol = key_tone(intent, before) if self._config.keys else None
        if symbol is None and self._config.presses and ticks(intent, self._room.value):
            symbol = TICK
        if symbol is not None:
            self._symbol = symbol
            self._pressed.set()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Sounds until cancelled; raises `DeviceError` when the card is not there or goes away."""
        ring, pause = await self._ring_sound(), FILE_PAUSE if self._config.ring_file else sounds.RING_PAUSE
        tones = await self._key_sounds()
        self._pressed = trio.Event()
        cards = sound_cards()
        await self._player.play(TRIAL)
        task_status.started()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._look_after, cards)
            nursery.start_soon(self._sound_keys, tones)
            if self._config.ring:
                nursery.start_soon(self._follow, ring, pause)

    async def _follow(self, ring: Sound, pause: float) -> None:
        state = await self._room.newer_than(None)
        while True:
            if rings(state):
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(self._ring, ring, pause)
                    while rings(state):
                        state = await self._room.newer_than(state)
                    nursery.cancel_scope.cancel()
            state = await self._room.newer_than(state)

    async def _ring(self, ring: Sound, pause: float) -> None:
        while True:
            await self._player.play(ring)
            await trio.sleep(pause)

    async def _sound_keys(self, tones: Mapping[str, Sound]) -> None:
        """Sounds one key after the other; of those pressed while one sounds, the last."""
        while True:
            await self._pressed.wait()
            self._pressed = trio.Event()
            await trio.lowlevel.checkpoint()  # the command goes first
            await self._player.play(tones[self._symbol])

    async def _look_after(self, cards: frozenset[str]) -> None:
        """Notices that the card is gone; asks it only when some card came or went."""
        while True:
            await trio.sleep(LOOK_EVERY)
            before, cards = cards, sound_cards()
            if cards != before:
                await self._player.play(TRIAL)

    async def _ring_sound(self) -> Sound:
        config = self._config
        if not config.ring_file:
            return sounds.tone(sounds.RING, sounds.RING_SECONDS, config.amplitude)
        try:
            content = await trio.to_thread.run_sync(_content_of, Path(config.ring_file))
            return await _in_steps(sounds.from_file(content, config.amplitude))
        except OSError as error:
            raise DeviceError(f"tones: {config.ring_file} cannot be read: {error.strerror}") from error
        except SoundError as error:
            raise DeviceError(f"tones: {config.ring_file} {error}") from error

    async def _key_sounds(self) -> dict[str, Sound]:
        tones: dict[str, Sound] = {}
        for symbol in sounds.DTMF if self._config.keys else ():
            tones[symbol] = self._key_sound(symbol)
            await trio.lowlevel.checkpoint()  # a small Pi takes milliseconds for each
        if self._config.presses:
            tones[TICK] = self._key_sound(TICK)
        return tones


def _content_of(path: Path) -> bytes:
    return read_file(path, LARGEST, follow=True)


async def _in_steps(steps: Generator[None, None, Sound]) -> Sound:
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]  # what a generator returns
        await trio.lowlevel.checkpoint()
