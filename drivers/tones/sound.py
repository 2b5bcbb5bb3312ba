"""Sounds: PCM of 16 bits in a WAV file in memory. No I/O."""

import array
import io
import math
import sys
import wave
from collections.abc import Generator, Mapping
from typing import Final

import msgspec

RATE: Final = 16_000
"""Sample rate of the tones made here; "default" and "plughw" convert it to one that the card supports."""
RAMP: Final = RATE // 200
"""Samples (5 ms) of fade-in and fade-out, so that a tone does not click."""
LARGEST: Final = 32767
LONGEST: Final = 30.0
"""Seconds that a file may last."""

RING: Final = (425,)
RING_SECONDS: Final = 1.0
"""The usual tone of Europe (ITU-T E.180): one second, and `RING_PAUSE` of silence."""
RING_PAUSE: Final = 4.0

PRESS: Final = (1000,)
HIGHEST_RATE: Final = 192_000
"""Samples a second of a file: what sound cards play."""

PRESS_SECONDS: Final = 0.04
"""A tick, much shorter than any tone of a telephone."""

KEY_SECONDS: Final = 0.1
_LOW: Final = (697, 770, 852, 941)
_HIGH: Final = (1209, 1336, 1477, 1633)
DTMF: Final[Mapping[str, tuple[int, int]]] = {
    symbol: (low, high)
    for low, row in zip(_LOW, ("123A", "456B", "789C", "*0#D"), strict=True)
    for symbol, high in zip(row, _HIGH, strict=True)
}
"""Each key's two frequencies in Hz (ITU-T Q.23)."""


class Sound(msgspec.Struct, frozen=True):
    """A WAV file, and how many seconds it lasts."""

    wav: bytes
    seconds: float


class SoundError(ValueError):
    """A file that cannot be played; the message says what was expected."""


def tone(frequencies: tuple[int, ...], seconds: float, amplitude: float) -> Sound:
    """Returns frequencies in Hz of equal level, together at most `amplitude` (0.0 to 1.0) of full scale."""
    count = round(seconds * RATE)
    cycle = _cycle(frequencies, amplitude, count)
    samples = array.array("h", [cycle[place % len(cycle)] for place in range(count)])
    for place in range(min(RAMP, count // 2)):
        for edge in (place, count - 1 - place):
            samples[edge] = samples[edge] * place // RAMP
    return _sound(samples, RATE, 1)


def silence(seconds: float) -> Sound:
    """Returns silence of this length."""
    return _sound(array.array("h", bytes(2 * round(seconds * RATE))), RATE, 1)


def from_file(content: bytes, amplitude: float) -> Generator[None, None, Sound]:
    """Makes the sound of a WAV file, scaled by `amplitude`; in steps, since it may be long. Raises `SoundError`."""
    samples, rate, channels = _samples(content)
    for start in range(0, len(samples), 2048):
        part = samples[start : start + 2048]
        samples[start : start + 2048] = array.array("h", [int(sample * amplitude) for sample in part])
        yield
    return _sound(samples, rate, channels)


def _cycle(frequencies: tuple[int, ...], amplitude: float, longest: int) -> list[int]:
    """Returns the samples of one common period of the waves, `longest` at most."""
    count = min(longest, RATE // math.gcd(RATE, *frequencies))
    peak = LARGEST * amplitude / len(frequencies)
    turns = [2 * math.pi * frequency / RATE for frequency in frequencies]
    return [int(peak * sum(math.sin(turn * place) for turn in turns)) for place in range(count)]


def _samples(content: bytes) -> tuple["array.array[int]", int, int]:
    try:
        with wave.open(io.BytesIO(content)) as file:
            seconds = file.getnframes() / file.getframerate()
            if file.getsampwidth() != 2:  # bytes
                raise SoundError(f"{8 * file.getsampwidth()} bits a sample; expected 16")
            if not 0 < seconds <= LONGEST:
                raise SoundError(f"lasts {seconds:.1f} s; expected up to {LONGEST:.0f} s")
            if file.getframerate() > HIGHEST_RATE:
                raise SoundError(f"{file.getframerate()} samples a second; expected up to {HIGHEST_RATE}")
            return _little_endian(_whole_frames(file)), file.getframerate(), file.getnchannels()
    except (wave.Error, EOFError, RuntimeError, ZeroDivisionError) as error:  # RuntimeError: a part beyond the end
        raise SoundError(f"is no WAV file of plain PCM: {str(error) or 'it ends too early'}") from error


def _whole_frames(file: wave.Wave_read) -> "array.array[int]":
    """Returns the samples without those of a frame that is cut off. EOFError: there are none."""
    content = file.readframes(file.getnframes())
    whole = content[: len(content) - len(content) % (2 * file.getnchannels())]
    if not whole:
        raise EOFError
    return array.array("h", whole)


def _sound(samples: "array.array[int]", rate: int, channels: int) -> Sound:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(_little_endian(samples).tobytes())
    return Sound(content.getvalue(), len(samples) / channels / rate)


def _little_endian(samples: "array.array[int]") -> "array.array[int]":
    """Converts between the machine's byte order and little-endian, which WAV has."""
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
