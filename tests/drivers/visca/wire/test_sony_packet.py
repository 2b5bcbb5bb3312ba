import pytest

from drivers.visca.wire.sony_packet import Kind, Packet, pack, unpack, unpack_all

HOME = bytes.fromhex("81 01 06 04 FF")
COMMAND = Packet(Kind.COMMAND, 0xFFFFFF80, HOME)
INQUIRY = Packet(Kind.INQUIRY, 7, bytes.fromhex("81 09 06 12 FF"))
HEADER = bytes.fromhex("01 10 00 05 00 00 00 07")


def test_a_packet_is_eight_bytes_and_its_frame() -> None:
    assert pack(COMMAND).hex(" ").upper() == "01 00 00 05 FF FF FF 80 81 01 06 04 FF"
    assert unpack(pack(COMMAND)) == COMMAND
    assert pack(INQUIRY) == HEADER + INQUIRY.payload


@pytest.mark.parametrize("datagram", [b"", HEADER[:7], HEADER])
def test_a_header_alone_is_no_packet(datagram: bytes) -> None:
    assert unpack(datagram) is None
    assert unpack_all(datagram) == []


def test_packets_that_come_in_one_datagram_are_taken_apart() -> None:
    assert unpack_all(pack(COMMAND) + pack(INQUIRY) + pack(COMMAND)) == [COMMAND, INQUIRY, COMMAND]


@pytest.mark.parametrize("length", [0, 1, 4, 6, 16])
def test_a_wrong_length_is_not_believed(length: int) -> None:
    datagram = HEADER[:3] + bytes((length,)) + HEADER[4:] + INQUIRY.payload
    assert unpack(datagram) == INQUIRY
    assert unpack_all(datagram) == [INQUIRY]


def test_a_length_is_not_believed_either_where_a_header_without_a_payload_follows() -> None:
    assert unpack_all(pack(COMMAND) + HEADER) == [Packet(Kind.COMMAND, COMMAND.sequence, HOME + HEADER)]
