"""A player that makes no sound."""

import trio

from drivers.tones.sound import Sound


class SilentPlayer:
    """`playing` is the sound that would be heard now, `played` how many have been played to their end."""

    def __init__(self) -> None:
        self.playing: Sound | None = None
        self.played = 0

    async def play(self, sound: Sound) -> None:
        """Waits as long as the sound lasts; see `Player`."""
        self.playing = sound
        try:
            await trio.sleep(sound.seconds)
            self.played += 1
        finally:
            self.playing = None
