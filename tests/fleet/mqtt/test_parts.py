"""The room in parts: what each says, and that only what changes is said again."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from appliance.fleet.mqtt import topics
from appliance.fleet.mqtt.parts import MOST_MEETINGS, Divided, TimesOfDay
from appliance.fleet.mqtt.topics import Topic
from appliance.language.catalogue import ENGLISH
from appliance.panel.view import Viewed
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import CallEnd, Conversation, Ending
from appliance.room.parts.closed import Locked, Undisturbed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.presence import Presence
from appliance.room.state import Phase, RoomState

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
IDLE = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE, mic_muted=False, volume=0.4)


def divided(*, titles: bool = True, clock: datetime | None = NOON) -> Divided:
    return Divided(Viewed("Neptune", ENGLISH, titles=titles), TimesOfDay(lambda: clock, lambda: 100.0))


def said(parts: dict[Topic, bytes], topic: Topic) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parts[topic])
    return found


def test_at_first_all_parts_are_said_and_each_says_its_version() -> None:
    parts = divided()(IDLE)
    assert set(parts) == set(topics.PARTS)
    assert {json.loads(part)["version"] for part in parts.values()} == {1}


def test_only_what_changes_is_said_again() -> None:
    look = divided()
    look(IDLE)
    assert look(IDLE) == {}
    louder = look(msgspec.structs.replace(IDLE, volume=0.5))
    assert list(louder) == [topics.SOUND]
    assert said(louder, topics.SOUND) == {"version": 1, "mic_muted": False, "audio_muted": None, "volume": 50}


def test_a_call_with_its_beginning_as_a_time_of_day() -> None:
    call = Conversation(peer=Person("100@example.com", "Reception"), since=40.0)
    state = msgspec.structs.replace(IDLE, phase=Phase.IN_CALL, conversation=call)
    part = said(divided()(state), topics.CALL)
    assert (part["phase"], part["who"], part["since"]) == ("in_call", "Reception", "2026-11-27T11:59:00Z")
    assert said(divided(clock=None)(state), topics.CALL)["since"] is None, "the box does not know the time of day"


def test_a_clock_that_is_corrected_says_nothing_anew() -> None:
    call = Conversation(peer=Person("100@example.com", "Reception"), since=40.0)
    state = msgspec.structs.replace(IDLE, phase=Phase.IN_CALL, conversation=call)
    times = iter([NOON, NOON + timedelta(seconds=3)])
    look = Divided(Viewed("Neptune", ENGLISH, titles=True), TimesOfDay(lambda: next(times), lambda: 100.0))
    look(state)
    assert list(look(msgspec.structs.replace(state, volume=0.9))) == [topics.SOUND]


def test_nobody_is_named_unless_that_is_allowed() -> None:
    call = Conversation(peer=Person("100@example.com", "Reception"), since=40.0)
    agenda = Agenda(known=True, now=Booking(title="Budget", start=NOON, end=NOON + timedelta(hours=1), owner="anna"))
    state = msgspec.structs.replace(IDLE, phase=Phase.IN_CALL, conversation=call, agenda=agenda)
    told = b"".join(divided(titles=False)(state).values())
    assert b"Reception" not in told
    assert b"example.com" not in told
    assert b"Budget" not in told
    assert b"Reception" in b"".join(divided()(state).values())


def test_meetings_are_bounded() -> None:
    many = tuple(
        Booking(title="B", start=NOON + timedelta(minutes=n), end=NOON + timedelta(minutes=n + 1), owner="anna")
        for n in range(MOST_MEETINGS + 5)
    )
    state = msgspec.structs.replace(IDLE, agenda=Agenda(known=True, next=many[0], today=many))
    part = said(divided()(state), topics.MEETINGS)
    assert len(part["today"]) == MOST_MEETINGS
    assert part["next"]["start"] == "2026-11-27T12:00:00Z"


@pytest.mark.parametrize(
    ("changed", "topic", "field", "value"),
    [
        ({"video_muted": True}, topics.CAMERA, "video_muted", True),
        ({"motion": (1, 0, 0)}, topics.CAMERA, "moves", True),
        ({"presets": {3: "c", 1: "a"}}, topics.CAMERA, "presets", [1, 3]),
        ({"presence": Presence(somebody=True, sensing=frozenset({"door"}))}, topics.PRESENCE, "sensing", ["door"]),
        ({"outputs": {"relay lights": True}}, topics.OUTPUTS, "outputs", {"relay lights": True}),
        ({"locked": Locked()}, topics.DISPLAY, "locked", True),
        ({"sleeping": True}, topics.DISPLAY, "sleeping", True),
        ({"undisturbed": Undisturbed(160.0)}, topics.DISPLAY, "undisturbed_until", "2026-11-27T12:01:00Z"),
        ({"last_end": CallEnd(Ending.PEER_LEFT, 0.0)}, topics.CALL, "ended", "peer_left"),
        ({"phase": Phase.IN_CALL, "conversation": Conversation()}, topics.CONFERENCE, "active", True),
    ],
)
def test_what_the_parts_say(changed: dict[str, Any], topic: Topic, field: str, value: object) -> None:
    look = divided()
    look(IDLE)
    assert said(look(msgspec.structs.replace(IDLE, **changed)), topic)[field] == value


def test_without_a_link_nothing_of_the_terminal_is_known() -> None:
    state = msgspec.structs.replace(IDLE, link=Link(LinkPhase.DOWN), presets={1: "a"})
    parts = divided()(state)
    assert (said(parts, topics.CALL)["link"], said(parts, topics.CALL)["phase"]) == ("down", "unknown")
    assert said(parts, topics.SOUND)["volume"] is None
    assert said(parts, topics.CAMERA)["presets"] is None
