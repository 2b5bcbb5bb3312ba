"""What all rooms look like from a broker: one row each, and what is wrong with it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.fleet.mqtt import overview
from appliance.fleet.mqtt.health import Known, Machine, Room, health
from appliance.fleet.mqtt.identity import Identity
from appliance.fleet.mqtt.overview import Expected, Overview, Row, cells
from appliance.fleet.mqtt.parts import CallPart
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase

NEPTUNE = "offhook/hq/neptune/"


def said(*, call: CallPart | None = None, room: Room | None = None, machine: Machine | None = None) -> dict[str, bytes]:
    """What a room keeps at its broker."""
    judged = health(
        Known(firmware="1.2"), room or Room(link=LinkPhase.UP), machine or Machine(), dropped=0, connections=1
    )
    return {
        "availability": b"online",
        "identity": msgspec.json.encode(Identity(machine="a1")),
        "health": msgspec.json.encode(judged),
        "view/call": msgspec.json.encode(call or CallPart(link=LinkPhase.UP, phase=Phase.IDLE, doing="Ready")),
    }


def shown(topics: dict[str, bytes]) -> Row:
    seen = Overview()
    for name, payload in topics.items():
        assert seen.hear(NEPTUNE + name, payload)
    (row,) = seen.rows()
    return row


def test_a_room_that_is_well() -> None:
    assert shown(said()) == Row(
        site="hq", room="neptune", availability="online", call="idle", link="up", version="1.2", machine="a1"
    )


def test_a_room_that_is_offline_says_nothing_of_its_call() -> None:
    row = shown(said() | {"availability": b"offline"})
    assert (row.call, row.link, row.version, row.wrong) == ("", "", "1.2", ("offline",))


@pytest.mark.parametrize(
    ("room", "machine", "words"),
    [
        (Room(link=LinkPhase.DOWN, reason="nothing answers"), Machine(), "no terminal: nothing answers"),
        (Room(link=LinkPhase.UP, services={"keypad": "unplugged"}), Machine(), "keypad: unplugged"),
        (Room(link=LinkPhase.UP, other_box="b2"), Machine(), "two boxes have its name: a1 and b2"),
        (Room(link=LinkPhase.UP, warnings=("Call staff",)), Machine(), "Call staff"),
        (Room(link=LinkPhase.UP), Machine(under_voltage=True), "the power supply is too weak"),
        (Room(link=LinkPhase.UP, warnings=("\x1b[2Jgone",)), Machine(), "?[2Jgone"),
    ],
)
def test_what_a_room_says_is_wrong(room: Room, machine: Machine, words: str) -> None:
    assert shown(said(room=room, machine=machine)).wrong == (words,)


def test_every_word_for_what_is_wrong_has_a_sentence() -> None:
    machine = Machine(
        throttled=True,
        under_voltage=True,
        clock_synchronised=False,
        disk_size=100,
        disk_free=1,
        disk_read_only=True,
    )
    found = shown(said(machine=machine)).wrong
    assert len(found) == 5
    assert all(" " in words for words in found)


@pytest.mark.parametrize("topic", ["availability", "identity", "health", "view/call"])
def test_what_is_missing_or_unreadable_is_wrong(topic: str) -> None:
    lacking = said()
    del lacking[topic]
    assert shown(lacking).wrong == (f"has not said its {topic}",)
    assert shown(said() | {topic: b"{"}).wrong == (f"its {topic} cannot be read; expected version 1",)


def test_another_version_is_not_guessed_at() -> None:
    row = shown(said() | {"identity": b'{"machine": "a1", "version": 2}'})
    assert (row.machine, row.wrong) == ("", ("its identity cannot be read; expected version 1",))


def test_a_call_on_hold() -> None:
    call = CallPart(link=LinkPhase.UP, phase=Phase.IN_CALL, doing="", on_hold=True)
    assert shown(said(call=call)).call == "in_call, on hold"


def test_a_room_that_is_taken_back_is_gone() -> None:
    seen = Overview()
    seen.hear(NEPTUNE + "availability", b"online")
    assert not seen.hear(NEPTUNE + "availability", b"online")
    assert seen.hear(NEPTUNE + "availability", b"")
    assert not seen.hear(NEPTUNE + "availability", b"")
    assert seen.rows() == []


def test_rooms_of_an_inventory_that_nobody_has_heard_of() -> None:
    seen = Overview()
    for name, payload in said().items():
        seen.hear(NEPTUNE + name, payload)
    rows = seen.rows({("hq", "neptune"): Expected("Neptune"), ("hq", "pluto"): Expected("pluto-1")})
    assert [(row.room, row.wrong) for row in rows] == [
        ("neptune", ()),
        ("pluto", ("the broker does not know it (pluto-1 of the inventory)",)),
    ]
    assert [*cells(rows)][2] == (
        "hq",
        "pluto",
        *("-" * 4),
        "the broker does not know it (pluto-1 of the inventory)",
    )


@pytest.mark.parametrize("availability", [b"online", b"offline"])
def test_another_box_than_the_inventory_names(availability: bytes) -> None:
    seen = Overview()
    for name, payload in (said() | {"availability": availability}).items():
        seen.hear(NEPTUNE + name, payload)
    before = seen.rows()[0].wrong
    assert seen.rows({("hq", "neptune"): Expected("neptune", "a1")})[0].wrong == before
    (row,) = seen.rows({("hq", "neptune"): Expected("neptune-1", "b2")})
    assert row.wrong == (*before, "its box is a1; expected b2, as neptune-1 of the inventory has it")


def test_more_rooms_than_can_be_shown_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "MOST", 1)
    seen = Overview()
    seen.hear(NEPTUNE + "availability", b"online")
    assert not seen.hear("offhook/hq/pluto/availability", b"online")
    assert (seen.overflow, len(seen.rows())) == (True, 1)
    seen.forget()
    assert (seen.overflow, seen.rows()) == (False, [])


@given(
    st.sampled_from(["", "offhook/a/b/health", "offhook/a/b/view/call", "offhook//", "x/y"]) | st.text(), st.binary()
)
def test_whatever_a_broker_says_can_be_shown(topic: str, payload: bytes) -> None:
    seen = Overview()
    seen.hear(topic, payload)
    assert all(cell.isprintable() for row in cells(seen.rows()) for cell in row)
