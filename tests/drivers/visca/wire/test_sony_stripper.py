"""Sony's header in front of frames, where none is expected."""

import pytest

from drivers.visca.wire.sony_packet import HEADER_BYTES
from drivers.visca.wire.sony_stripper import SonyHeaderStripper

HOME = bytes.fromhex("81 01 06 04 FF")
HEADER = bytes.fromhex("01 00 00 05 FF 80 FF 81")  # its sequence number looks like frames
LIKE_A_HEADER = bytes.fromhex("80 01 00 00 05 01 02 03 04 FF")  # inside of a frame


def passed(*reads: bytes) -> bytes:
    stripper = SonyHeaderStripper()
    return b"".join(map(stripper.feed, reads))


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (HOME, HOME),
        (HEADER + HOME, HOME),
        (HEADER + HOME + HEADER + HOME, HOME + HOME),
        (LIKE_A_HEADER, LIKE_A_HEADER),
        (b"\x80\x01" + LIKE_A_HEADER[1:], b"\x80\x01" + LIKE_A_HEADER[1:]),
        (b"\x81" + LIKE_A_HEADER[1:] + HEADER + HOME, b"\x81" + LIKE_A_HEADER[1:] + HOME),
        (b"\xff" + HEADER + HOME, b"\xff" + HOME),  # an end without a beginning
        (b"\x00" + HEADER + HOME, b"\x00" + HOME),
        (b"\x81\x01\x90\xff" + HEADER + HOME, b"\x81\x01\x90\xff" + HOME),  # the last byte looks like a beginning
        (HEADER[:3] + b"\x11" + HEADER[4:], HEADER[:3] + b"\x11" + HEADER[4:]),  # no frame has seventeen bytes
        (HEADER[:3] + b"\x10" + HEADER[4:] + HOME, HOME),
        (HEADER[:3] + b"\x00" + HOME, HEADER[:3] + b"\x00" + HOME),
    ],
)
def test_headers_are_removed_and_nothing_else_however_the_bytes_are_cut(data: bytes, left: bytes) -> None:
    assert passed(data) == left
    assert passed(*(data[at : at + 1] for at in range(len(data)))) == left
    assert {passed(data[:at], data[at:]) for at in range(len(data))} == {left}


def test_what_can_be_no_header_any_more_is_passed_at_once() -> None:
    stripper = SonyHeaderStripper()
    assert stripper.feed(b"\x01\x00") == b""  # may be one
    assert stripper.feed(b"\x05") == b"\x01\x00\x05"
    assert stripper.feed(b"\x01\x00\x00") == b""
    assert stripper.feed(b"\x11") == b"\x01\x00\x00\x11"


def test_less_than_a_header_is_kept() -> None:
    stripper = SonyHeaderStripper()
    for at in range(HEADER_BYTES):
        assert stripper.feed(HEADER[at : at + 1]) == b""
        assert len(stripper._held) < HEADER_BYTES
    assert stripper.feed(HOME) == HOME
