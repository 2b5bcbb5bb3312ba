"""DNS as bytes: those of the standards, and any others."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.provision.discovery.order import Server
from appliance.provision.discovery.wire import SRV, TXT, DnsError, Reply, number_of, question, reply

ASKED = question("_offhook-prov._tcp.example.com", SRV, 7)
TARGET = b"\x05rooms\x07example\x03com\0"


def answer(*records: tuple[int, bytes], flags: int = 0x8180) -> bytes:
    """An answer to `ASKED`, whose records have the name of the question."""
    head = struct.pack(">6H", 7, flags, 1, len(records), 0, 0)
    rest = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data for kind, data in records)
    return head + ASKED[12:] + rest


def server(target: bytes = TARGET) -> tuple[int, bytes]:
    return SRV, struct.pack(">3H", 1, 2, 8443) + target


def test_a_question() -> None:
    assert ASKED == (
        b"\0\x07\x01\0\0\x01\0\0\0\0\0\0" + b"\x0d_offhook-prov\x04_tcp\x07example\x03com\0" + b"\0\x21\0\x01"
    )


@pytest.mark.parametrize("name", ["a..b", "", f"{'x' * 64}.b"])
def test_a_name_that_cannot_be_asked_for(name: str) -> None:
    with pytest.raises(DnsError):
        question(name, SRV, 1)


def test_servers_and_texts() -> None:
    said = reply(answer(server(), (TXT, b"\x04a=bc\x05path="), (1, b"\x7f\0\0\1")))
    assert said == Reply(0, cut=False, servers=(Server(1, 2, 8443, "rooms.example.com"),), texts=(b"a=bc", b"path="))


def test_a_target_that_points_into_the_question() -> None:
    at = 12 + len("_offhook-prov") + 1 + len("_tcp") + 1
    (found,) = reply(answer(server(b"\x05rooms" + (0xC000 | at).to_bytes(2, "big")))).servers
    assert found.target == "rooms.example.com"


def test_no_service_here() -> None:
    assert reply(answer(server(b"\0"))).servers[0].target == ""


@pytest.mark.parametrize(
    "target",
    [
        b"\xc0\xff\xff",  # beyond the end
        b"\xc0\x49",  # to itself
        b"\x05rooms\xc0\x4f",  # forward, or round and round
        b"\x05roo",  # cut off
        b"\x40" + b"x" * 64 + b"\0",  # neither a label nor a pointer
        b"\x02\xc3\xa4\0",
        (b"\x3f" + b"x" * 63) * 4 + b"\0",  # more than 255
    ],
)
def test_a_target_that_is_none(target: bytes) -> None:
    with pytest.raises(DnsError):
        reply(answer(server(target)))


def test_what_is_cut_off_is_said() -> None:
    assert reply(answer(server(), flags=0x8380)) == Reply(0, cut=True)
    whole = answer(server(), (TXT, b"\x01a"))
    for end in range(len(whole)):
        with pytest.raises(DnsError):
            reply(whole[:end])


def test_there_is_no_such_name() -> None:
    assert reply(answer(flags=0x8183)).code == 3


def test_which_question_it_answers() -> None:
    assert number_of(answer()) == 7
    assert number_of(ASKED) == number_of(b"") == number_of(answer()[:11]) == -1


@given(st.binary(max_size=600))
def test_any_bytes_are_an_answer_or_none(message: bytes) -> None:
    try:
        reply(message)
    except DnsError:
        return


@given(st.data())
def test_a_damaged_answer_is_an_answer_or_none(data: st.DataObject) -> None:
    message = bytearray(answer(server(), (TXT, b"\x04a=bc")))
    for _ in range(data.draw(st.integers(1, 4))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = reply(bytes(message))
    except DnsError:
        return
    assert all(len(server.target) < 255 for server in found.servers)
