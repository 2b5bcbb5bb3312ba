"""What the configuration says about tones."""

from typing import Annotated

import msgspec


class TonesConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tones on a sound card.

    `device`: an ALSA device as `aplay -L` lists them: "default", "plughw:CARD=Device".
    `volume`: 0 to 100; 100 is full scale, 50 a quarter of that.
    `ring`, `keys`: whether it rings, and whether keys have tones.
    `presses`: whether a press is acknowledged with a tick.
    `ring_file`: a WAV file, 16 bits, at most `LONGEST` seconds, that rings instead of the usual tone.
    """

    device: Annotated[str, msgspec.Meta(min_length=1)] = "default"
    volume: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    ring: bool = True
    keys: bool = False
    presses: bool = False
    ring_file: str = ""

    @property
    def amplitude(self) -> float:
        """The peak as a fraction of full scale; the square, because loudness is heard in ratios."""
        return (self.volume / 100) ** 2
