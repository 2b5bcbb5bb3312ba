"""Bytes as packets: however they are cut, and whatever they are."""

import itertools

import mqtt5
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.fleet.mqtt.link.packets import Connack, Disconnect, Packet, Pong, ProtocolError, Puback, Publish, Suback
from appliance.fleet.mqtt.link.reader import Reader

STREAM = b"".join(
    packet.write()
    for packet in (
        mqtt5.ConnAckPacket(session_present=True, receive_max=20, max_packet_size=2000, server_keep_alive=30),
        mqtt5.SubAckPacket(1, [mqtt5.SubAckReasonCode.NOT_AUTHORIZED]),
        mqtt5.PublishPacket("a/b", b"x" * 300, qos=mqtt5.QoS.AT_LEAST_ONCE, packet_id=7, message_expiry_interval=5),
        mqtt5.PubAckPacket(9, reason_code=mqtt5.PubAckReasonCode.QUOTA_EXCEEDED),
        mqtt5.PingRespPacket(),
        mqtt5.DisconnectPacket(reason_code=mqtt5.DisconnectReasonCode.SESSION_TAKEN_OVER),
    )
)
PACKETS: list[Packet] = [
    Connack(
        session_present=True,
        reason="success",
        keepalive=30,
        receive_maximum=20,
        packet_maximum=2000,
    ),
    Suback(1, (135,)),
    Publish("a/b", b"x" * 300, 1, packet_id=7, expires=5),
    Puback(9, 151, "quota exceeded"),
    Pong(),
    Disconnect(142, "session taken over"),
]


@given(st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_a_stream_cut_anywhere_is_the_same_packets(cuts: list[int]) -> None:
    reader, places = Reader(1000), [0, *sorted(cuts), len(STREAM)]
    found = [packet for begin, end in itertools.pairwise(places) for packet in reader.feed(STREAM[begin:end])]
    assert found == PACKETS


PANICS = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""Text that is no UTF-8 makes mqtt5 panic, and what Rust leaves behind then is told to nobody in particular."""


@PANICS
@given(st.binary(max_size=300), st.integers(1, 50))
@example(b"\x30\x06\x00\x01a\x00\xff\xff" * 3, 3)
@example(b"\xd0\x00\xd0\x80", 1)
def test_any_bytes_are_packets_or_one_kind_of_error(data: bytes, size: int) -> None:
    reader = Reader(200)
    try:
        for begin in range(0, len(data), size):
            for packet in reader.feed(data[begin : begin + size]):
                assert isinstance(packet, Packet)
            assert len(reader._rest) <= 200
    except ProtocolError:
        pass


@PANICS
@given(st.integers(0, len(STREAM) - 1), st.integers(0, 255))
def test_a_wrong_byte_is_packets_or_one_kind_of_error(place: int, byte: int) -> None:
    data = bytearray(STREAM)
    data[place] = byte
    try:
        for _ in Reader(1000).feed(data):
            pass
    except ProtocolError:
        pass


@PANICS
def test_text_that_is_no_utf_8_ends_the_connection_and_not_the_process() -> None:
    with pytest.raises(ProtocolError, match="no UTF-8"):
        list(Reader(1000).feed(b"\x30\x06\x00\x03\xc1/b\x00"))


def test_what_is_too_long_is_refused_by_its_first_bytes() -> None:
    with pytest.raises(ProtocolError, match="a packet of 2097152 bytes; expected 1000 at most"):
        list(Reader(1000).feed(b"\x30\x80\x80\x80\x01"))


def test_a_length_without_an_end_is_refused() -> None:
    with pytest.raises(ProtocolError, match="its length has no end"):
        list(Reader(1000).feed(b"\x30\xff\xff\xff\xff"))


@pytest.mark.parametrize(
    "packet",
    [
        mqtt5.PingReqPacket(),
        mqtt5.ConnectPacket("another client"),
        mqtt5.PublishPacket("a", b"", qos=mqtt5.QoS.EXACTLY_ONCE, packet_id=1),
        mqtt5.AuthPacket(),
    ],
)
def test_what_a_broker_must_not_say_to_us_is_refused(packet: mqtt5.PingReqPacket) -> None:
    with pytest.raises(ProtocolError):
        list(Reader(1000).feed(packet.write()))
