from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.visca.wire.framing import MAX_FRAME, Framer, complete_frames, encode_frame, receiver_of, sender_of

HEADERS = st.integers(0x80, 0xFE)
BODIES = st.binary(min_size=1, max_size=14).map(lambda body: body.replace(b"\xff", b"\x00"))
FRAMES = st.builds(lambda header, body: bytes([header]) + body + b"\xff", HEADERS, BODIES)


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


def feed(framer: Framer, pieces: list[bytes]) -> list[bytes]:
    return [frame for piece in pieces for frame in framer.feed(piece)]


@given(st.lists(FRAMES), st.lists(st.integers(0, 1000)))
def test_frames_come_out_as_they_went_in_however_they_are_split(frames: list[bytes], cuts: list[int]) -> None:
    framer = Framer()
    assert feed(framer, split(b"".join(frames), cuts)) == frames
    assert framer.dropped == 0


@given(st.binary(max_size=200), st.lists(st.integers(0, 1000)), FRAMES)
def test_after_any_garbage_and_one_ff_frames_are_frames_again(garbage: bytes, cuts: list[int], good: bytes) -> None:
    framer = Framer()
    feed(framer, split(garbage, cuts))
    assert len(framer._pending) < MAX_FRAME
    framer.feed(b"\xff")
    assert framer.feed(good) == [good]


@given(st.binary(max_size=200), st.lists(st.integers(0, 1000)))
def test_every_byte_is_in_a_frame_or_counted_or_still_to_be_judged(data: bytes, cuts: list[int]) -> None:
    framer = Framer()
    frames = feed(framer, split(data, cuts))
    assert sum(map(len, frames)) + framer.dropped + len(framer._pending) == len(data)
    assert all(3 <= len(frame) <= 16 and frame[0] & 0x80 and frame.index(0xFF) == len(frame) - 1 for frame in frames)


HOME = bytes.fromhex("81 01 06 04 FF")


@pytest.mark.parametrize(
    ("garbage", "dropped"),
    [
        ("00", 1),  # what a cable says when it is plugged in
        ("FF", 1),
        ("81 FF", 2),  # nothing between header and end
        ("01 06 01 18 14 03 03 FF", 8),  # a frame whose beginning was lost
        ("81" + "00" * 15 + "FF", 17),  # one byte too long
        ("81" + "00" * 1000 + "FF", 1002),
    ],
)
def test_garbage_is_dropped_and_counted_and_the_next_frame_is_whole(garbage: str, dropped: int) -> None:
    framer = Framer()
    assert framer.feed(bytes.fromhex(garbage) + HOME) == [HOME]
    assert framer.dropped == dropped


def test_what_is_too_long_goes_on_until_its_ff_even_where_it_looks_like_a_frame() -> None:
    framer = Framer()
    assert feed(framer, [b"\x81" + bytes(15), HOME, HOME]) == [HOME]
    assert framer.dropped == 16 + len(HOME)


def test_the_longest_frame_is_a_frame() -> None:
    longest = b"\x81" + bytes(14) + b"\xff"
    assert Framer().feed(longest) == [longest]


@pytest.mark.parametrize("rest", ["", "81", "81 01 06 04"])
def test_what_a_datagram_begins_and_does_not_end_is_cut_off(rest: str) -> None:
    assert complete_frames(HOME + HOME + bytes.fromhex(rest)) == HOME + HOME
    assert complete_frames(bytes.fromhex(rest)) == b""


def test_a_header_says_from_whom_and_for_whom() -> None:
    assert encode_frame(b"\x01\x06\x04", sender=0, receiver=1) == HOME
    assert encode_frame(b"\x41", sender=2, receiver=0) == bytes.fromhex("A0 41 FF")
    assert encode_frame(b"\x30\x01", sender=0, receiver=8) == bytes.fromhex("88 30 01 FF")
    assert (sender_of(b"\xa0\x41\xff"), receiver_of(b"\xa0\x41\xff")) == (2, 0)
    assert receiver_of(b"\x88\x30\x01\xff") == 8


@pytest.mark.parametrize("body", [b"", bytes(15), b"\x01\xff"])
def test_what_no_frame_can_carry_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="VISCA message"):
        encode_frame(body, sender=0, receiver=1)
