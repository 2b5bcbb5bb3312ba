import io
import math
import struct
import wave
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.tones.sound import (
    DTMF,
    KEY_SECONDS,
    LARGEST,
    LONGEST,
    RATE,
    RING,
    RING_SECONDS,
    Sound,
    SoundError,
    from_file,
    silence,
    tone,
)


def samples(sound: Sound) -> list[int]:
    with wave.open(io.BytesIO(sound.wav)) as file:
        assert file.getsampwidth() == 2
        return list(struct.unpack(f"<{file.getnframes() * file.getnchannels()}h", file.readframes(file.getnframes())))


def power(wave_: list[int], frequency: float) -> float:
    """Goertzel's: which part of the energy is at this frequency; a half at most of real samples, here counted whole."""
    coefficient = 2 * math.cos(2 * math.pi * frequency / RATE)
    one = two = 0.0
    for sample in wave_:
        one, two = sample + coefficient * one - two, one
    energy = sum(sample * sample for sample in wave_)
    return 2 * (one * one + two * two - coefficient * one * two) / (energy * len(wave_))


def played(content: bytes, amplitude: float) -> Sound:
    steps = from_file(content, amplitude)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return cast("Sound", done.value)


def a_file(values: list[int], *, rate: int = 48000, channels: int = 1, width: int = 2) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(b"".join(value.to_bytes(width, "little", signed=width > 1) for value in values))
    return content.getvalue()


# the table of ITU-T Q.23, once more and by hand
Q23 = {
    "1": (697, 1209),
    "2": (697, 1336),
    "3": (697, 1477),
    "A": (697, 1633),
    "4": (770, 1209),
    "5": (770, 1336),
    "6": (770, 1477),
    "B": (770, 1633),
    "7": (852, 1209),
    "8": (852, 1336),
    "9": (852, 1477),
    "C": (852, 1633),
    "*": (941, 1209),
    "0": (941, 1336),
    "#": (941, 1477),
    "D": (941, 1633),
}


@pytest.mark.parametrize("symbol", Q23)
def test_each_key_has_its_two_frequencies_and_no_other(symbol: str) -> None:
    assert set(DTMF[symbol]) == set(Q23[symbol])
    wave_ = samples(tone(DTMF[symbol], KEY_SECONDS, 0.5))
    found = {each: power(wave_, each) for each in (697, 770, 852, 941, 1209, 1336, 1477, 1633)}
    assert {each for each, part in found.items() if part > 0.4} == set(Q23[symbol])
    assert sum(part for each, part in found.items() if each not in Q23[symbol]) < 0.02


def test_it_rings_at_425_hertz_for_a_second() -> None:
    ring = tone(RING, RING_SECONDS, 0.5)
    wave_ = samples(ring)
    assert len(wave_) == RATE
    assert ring.seconds == 1
    assert power(wave_, 425) > 0.97
    assert power(wave_, 850) < 0.001


@pytest.mark.parametrize("frequencies", [RING, DTMF["5"]])
@pytest.mark.parametrize("amplitude", [0.0, 0.25, 1.0])
def test_the_volume_is_the_peak_and_nothing_is_clipped(frequencies: tuple[int, ...], amplitude: float) -> None:
    wave_ = samples(tone(frequencies, 0.5, amplitude))
    peak = max(map(abs, wave_))
    assert peak <= LARGEST * amplitude
    assert peak >= LARGEST * amplitude * 0.95


def test_a_tone_begins_and_ends_softly() -> None:
    wave_ = samples(tone(RING, 0.2, 1.0))
    assert abs(wave_[0]) == abs(wave_[-1]) == 0
    steps = [abs(after - before) for before, after in pairwise(wave_)]
    assert max(steps[:40] + steps[-40:]) <= max(steps[1000:2000])


def test_a_repeated_cycle_has_no_seam() -> None:
    wave_ = samples(tone(RING, 1.0, 1.0))
    largest = LARGEST * 2 * math.pi * 425 / RATE
    assert max(abs(after - before) for before, after in pairwise(wave_)) <= largest + 2


def test_silence_is_silent() -> None:
    assert set(samples(silence(0.02))) == {0}


def test_a_file_keeps_its_rate_and_channels_and_gets_the_volume() -> None:
    sound = played(a_file([1000, -1000, LARGEST, -32768], rate=44100, channels=2), 0.5)
    assert samples(sound) == [500, -500, LARGEST // 2, -16384]
    with wave.open(io.BytesIO(sound.wav)) as file:
        assert (file.getframerate(), file.getnchannels()) == (44100, 2)
    assert sound.seconds == pytest.approx(2 / 44100)


def test_a_long_file_takes_steps() -> None:
    assert sum(1 for _ in from_file(a_file([0] * 10000), 1.0)) == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no WAV file"),
        (b"ID3 an MP3 by its looks, and long enough for a header of WAV", "no WAV file"),
        (a_file([1, 2, 3], width=1), "8 bits a sample; expected 16"),
        (a_file([1, 2, 3], width=3), "24 bits a sample; expected 16"),
        (a_file([]), "lasts 0.0 s"),
        (a_file([0] * 20)[:24] + (2**24).to_bytes(4, "little") + a_file([0] * 20)[28:], "16777216 samples a second"),
        (a_file([0] * 20)[:45], "ends too early"),
        (b"RIFF\0\0\0\1WAVE\0\0\0\0\0\0\0\1", "no WAV file"),
        (a_file([0] * (100 * int(LONGEST) + 100), rate=100), "lasts 31.0 s; expected up to 30 s"),
    ],
)
def test_a_file_that_is_no_sound(content: bytes, said: str) -> None:
    with pytest.raises(SoundError, match=said):
        played(content, 1.0)


@given(st.binary(max_size=80) | st.binary(max_size=60).map(lambda rest: a_file([5] * 20)[:40] + rest))
def test_garbage_is_a_sound_or_refused(content: bytes) -> None:
    try:
        assert played(content, 1.0).seconds <= LONGEST
    except SoundError as error:
        assert "expected" in str(error) or "WAV" in str(error)  # noqa: PT017  # either is fine
