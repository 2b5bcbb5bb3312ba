"""Inputs made from others at random: the engine that needs nothing, and gives the same from the same seed."""

import random
from collections.abc import Callable, Iterator, Sequence

LARGEST = 8192  # bytes of an input

Change = Callable[[random.Random, bytearray, Sequence[bytes], Sequence[bytes]], None]


def mutations(pool: Sequence[bytes], words: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Yields inputs without end, each made from one of `pool` by a few changes."""
    chance = random.Random(seed)
    while True:
        data = bytearray(chance.choice(pool))
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            chance.choice(CHANGES)(chance, data, pool, words)
        yield bytes(data[:LARGEST])


def _flip(chance: random.Random, data: bytearray, _pool: Sequence[bytes], _words: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _set(chance: random.Random, data: bytearray, _pool: Sequence[bytes], _words: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice((0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF, chance.randrange(256)))


def _insert(chance: random.Random, data: bytearray, _pool: Sequence[bytes], words: Sequence[bytes]) -> None:
    at = chance.randint(0, len(data))
    data[at:at] = chance.choice((*words, chance.randbytes(chance.randint(1, 4))))


def _replace(chance: random.Random, data: bytearray, _pool: Sequence[bytes], words: Sequence[bytes]) -> None:
    start, end = _some(chance, data)
    data[start:end] = chance.choice(words)


def _leave_out(chance: random.Random, data: bytearray, _pool: Sequence[bytes], _words: Sequence[bytes]) -> None:
    start, end = _some(chance, data)
    del data[start:end]


def _repeat(chance: random.Random, data: bytearray, _pool: Sequence[bytes], _words: Sequence[bytes]) -> None:
    start, end = _some(chance, data)
    data[end:end] = data[start:end] * chance.choice((1, 1, 2, 20))
    del data[LARGEST:]


def _splice(chance: random.Random, data: bytearray, pool: Sequence[bytes], _words: Sequence[bytes]) -> None:
    other = chance.choice(pool)
    data[chance.randint(0, len(data)) :] = other[chance.randint(0, len(other)) :]


def _some(chance: random.Random, data: bytearray) -> tuple[int, int]:
    start, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    return start, min(end, start + chance.choice((1, 2, 4, 16, 256)))


CHANGES: Sequence[Change] = (_flip, _set, _insert, _insert, _replace, _leave_out, _repeat, _splice)
