import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.keypad.codes import CODES
from drivers.keypad.fake import input_event
from drivers.keypad.key_events import EV_KEY, EV_SYN, INPUT_EVENT, LOST, SYN_DROPPED, SYN_REPORT, KeyDecoder, KeyEvent
from drivers.keypad.keys import KEYMAP

FIVE = CODES["KEY_KP5"]
SIX = CODES["KEY_KP6"]
ZERO = CODES["KEY_KP0"]
SYN = input_event(EV_SYN, SYN_REPORT, 0)
DROPPED = input_event(EV_SYN, SYN_DROPPED, 0)


def key(code: int, value: int) -> bytes:
    return input_event(EV_KEY, code, value) + SYN


def test_size_is_the_kernels() -> None:
    assert INPUT_EVENT.size == (24 if struct.calcsize("P") == 8 else 16)


def test_press_and_release() -> None:
    assert KeyDecoder(KEYMAP).feed(key(FIVE, 1) + key(FIVE, 0)) == [KeyEvent("5", True), KeyEvent("5", False)]


def test_autorepeat_is_no_press() -> None:
    assert KeyDecoder(KEYMAP).feed(key(FIVE, 1) + key(FIVE, 2) * 50 + key(FIVE, 0)) == [
        KeyEvent("5", True),
        KeyEvent("5", False),
    ]


def test_three_zeros_of_one_key_are_three_zeros() -> None:
    events = KeyDecoder(KEYMAP).feed((key(ZERO, 1) + key(ZERO, 0)) * 3)
    assert [event.symbol for event in events if event.down] == ["0", "0", "0"]


def test_key_without_symbol_is_silent() -> None:
    assert KeyDecoder(KEYMAP).feed(key(CODES["KEY_NUMLOCK"], 1)) == []


def test_key_down_from_the_start_counts_when_pressed_again() -> None:
    reader = KeyDecoder(KEYMAP, down={FIVE})
    assert reader.feed(key(FIVE, 2) + key(FIVE, 0)) == []
    assert reader.feed(key(FIVE, 1)) == [KeyEvent("5", True)]


class TestDropped:
    def test_what_comes_until_the_next_report_is_skipped(self) -> None:
        reader = KeyDecoder(KEYMAP)
        assert reader.feed(DROPPED + input_event(EV_KEY, FIVE, 1)) == []
        assert not reader.resync_due
        assert reader.feed(SYN + key(SIX, 1)) == [LOST, KeyEvent("6", True)]
        assert reader.resync_due

    def test_lost_release_and_lost_press_are_made_good(self) -> None:
        reader = KeyDecoder(KEYMAP)
        reader.feed(key(FIVE, 1) + DROPPED + SYN)
        assert reader.resync({SIX}) == [KeyEvent("5", down=False, lost=True), KeyEvent("6", True)]
        assert not reader.resync_due

    def test_key_that_may_have_been_let_go_meanwhile_counts_as_up_and_is_not_typed_twice(self) -> None:
        reader = KeyDecoder(KEYMAP)
        reader.feed(key(FIVE, 1) + DROPPED + SYN)
        assert reader.resync({FIVE}) == [KeyEvent("5", down=False, lost=True)]
        assert reader.feed(key(FIVE, 2) + key(FIVE, 0)) == []
        assert reader.feed(key(FIVE, 1)) == [KeyEvent("5", True)]

    def test_all_are_let_go_before_any_is_pressed(self) -> None:
        reader = KeyDecoder(KEYMAP)
        reader.feed(key(SIX, 1) + DROPPED + SYN)
        assert [event.down for event in reader.resync({FIVE, SIX})] == [False, True]

    def test_key_down_from_the_start_is_still_not_told(self) -> None:
        reader = KeyDecoder(KEYMAP, down={FIVE})
        assert reader.resync({FIVE}) == []
        assert reader.resync(()) == []
        assert reader.feed(key(FIVE, 1)) == [KeyEvent("5", True)]


def test_release_all() -> None:
    reader = KeyDecoder(KEYMAP)
    reader.feed(key(FIVE, 1) + key(SIX, 1) + key(SIX, 0))
    assert reader.release_all() == [KeyEvent("5", down=False, lost=True)]
    assert reader.release_all() == []


values = st.sampled_from([0, 1, 1, 2, 7, -1])
codes = st.sampled_from([FIVE, SIX, ZERO, CODES["KEY_NUMLOCK"]])
streams = st.lists(st.one_of(st.builds(key, codes, values), st.just(DROPPED)), max_size=20).map(b"".join)


@given(streams, st.lists(st.integers(0, 2000), max_size=8))
def test_any_split_gives_the_same_keys(stream: bytes, cuts: list[int]) -> None:
    whole, split = KeyDecoder(KEYMAP), KeyDecoder(KEYMAP)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[a:b] for a, b in pairwise(edges)]
    assert [event for piece in pieces for event in split.feed(piece)] == whole.feed(stream)
    assert split.resync_due == whole.resync_due


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_garbage_never_raises_and_every_key_alternates(chunks: list[bytes]) -> None:
    reader = KeyDecoder({code: str(code) for code in range(0x10000)})
    down: dict[str, bool] = {}
    events = [*(event for chunk in chunks for event in reader.feed(chunk)), *reader.release_all()]
    for event in (each for each in events if each != LOST):
        assert event.down != down.get(event.symbol, False)
        down[event.symbol] = event.down
    assert not any(down.values())


@pytest.mark.parametrize("length", range(INPUT_EVENT.size))
def test_part_of_an_event_waits_for_the_rest(length: int) -> None:
    reader = KeyDecoder(KEYMAP)
    event = input_event(EV_KEY, FIVE, 1)
    assert reader.feed(event[:length]) == []
    assert reader.feed(event[length:]) == [KeyEvent("5", True)]
