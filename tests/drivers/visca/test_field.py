"""Cameras and controllers of the field, from `field.toml`."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.datagrams import Bare, Sony
from drivers.visca.camera.executor import Abilities
from drivers.visca.model.actions import Action, DriveTo
from drivers.visca.virtual.emulator import Head
from drivers.visca.wire.sony_packet import Kind, Packet, pack, unpack

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("field.toml").read_text())


class Room:
    """A controller on the network, and a camera that moves as one does; it begins at its home."""

    def __init__(self, *, available: bool = True) -> None:
        self.now = 0.0
        self.head = Head(lambda: self.now, tilt=0.25)
        self.camera = Camera(
            1,
            self.head.position,
            clock=lambda: self.now,
            point_to_point=True,
            abilities=Abilities(available=lambda: available),
        )

    def runs(self, seconds: float) -> bytes:
        """What is said while time passes."""
        end, said = self.now + seconds, b""
        while self.now < end - 1e-9:
            self.now += 0.05
            said += self.camera.check()
        return said

    def hears(self, data: bytes) -> bytes:
        replies, actions = self.camera.feed(data)
        for action in actions:
            self.head.act(action)
        return replies


def by_name(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", FIELD[kind], ids=[case["name"] for case in FIELD[kind]])


def plays(room: Room, case: dict[str, Any]) -> None:
    for step in case["steps"]:
        said = room.runs(step.get("after", 0.0)) + room.hears(bytes.fromhex(step.get("sends", "")))
        assert said == bytes.fromhex(step["replies"]), step
    if "rests" in case:
        position = room.head.position()
        assert [position.pan, position.tilt, position.zoom] == pytest.approx(case["rests"], abs=0.01)


@by_name("camera")
def test_a_controller_is_answered(case: dict[str, Any]) -> None:
    plays(Room(), case)


@by_name("unavailable")
def test_a_controller_is_answered_without_a_terminal(case: dict[str, Any]) -> None:
    plays(Room(available=False), case)


class TestSonysHeaderOnBarePorts:
    CASE = FIELD["sony_header"]
    SENT, REPLIES = bytes.fromhex(CASE["sends"]), bytes.fromhex(CASE["replies"])

    NUMBERS = (*range(CASE["up_to"]), 0x81FFFF81, 0xFFFFFFFF)

    def test_on_udp(self) -> None:
        for number in self.NUMBERS:
            replies, actions = Bare(Room().camera).receive(pack(Packet(Kind.COMMAND, number, self.SENT)))
            assert (b"".join(replies), len(actions)) == (self.REPLIES, 1), number

    def test_on_tcp_however_it_is_cut(self) -> None:
        for number in self.NUMBERS:
            stream = pack(Packet(Kind.COMMAND, number, self.SENT)) + pack(Packet(Kind.INQUIRY, number, self.SENT))
            for cuts in ([], [1], [7], [8], [9], [20], range(1, len(stream))):
                room = Room()
                parts = [stream[start:end] for start, end in pairwise([0, *cuts, len(stream)])]
                assert b"".join(room.hears(part) for part in parts) == self.REPLIES * 2, number

    def test_several_packets_in_one_datagram(self) -> None:
        packets = b"".join(pack(Packet(Kind.COMMAND, number, self.SENT)) for number in (1, 2, 3))
        room = Room()
        replies, actions = Sony(room.camera, lambda: room.now).receive(packets)
        heard = [unpack(reply) for reply in replies]
        assert [packet.sequence for packet in heard if packet] == [1, 1, 2, 2, 3, 3]
        assert len(actions) == 3


@pytest.mark.parametrize("number", FIELD["constant_sequence"]["numbers"])
def test_a_controller_that_never_counts_is_obeyed(number: int) -> None:
    case, room = FIELD["constant_sequence"], Room()
    sony = Sony(room.camera, lambda: room.now)
    asked: list[Action] = []
    for _ in range(case["times"]):
        _, actions = sony.receive(pack(Packet(Kind.COMMAND, number, bytes.fromhex(case["sends"]))))
        asked += actions
        for action in actions:
            room.head.act(action)
        room.runs(case["every"])
    assert len([action for action in asked if isinstance(action, DriveTo)]) == case["times"]
