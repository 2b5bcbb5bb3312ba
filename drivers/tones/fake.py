"""A sound card without a sound card."""

import trio

from drivers.tones.sound import Sound


class SilentPlayer:
    """Takes as long as the sound; `playing` is what would be heard now, `played` how many were heard to their end."""

    def __init__(self) -> None:
        self.playing: Sound | None = None
        self.played = 0

    async def play(self, sound: Sound) -> None:
        """As in `Player`."""
        self.playing = sound
        try:
            await trio.sleep(sound.seconds)
            self.played += 1
        finally:
            self.playing = None
