"""What pages at the door are offered, and what becomes of what they ask."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from appliance.language.catalogue import ENGLISH
from appliance.language.text import NOTHING, Text
from appliance.panel.door.config import DoorConfig
from appliance.panel.door.deeds import AtDoor, DoorTouch, WithDoor, at_door
from appliance.panel.view import Viewed
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.meetings import BookingsAre
from appliance.room.meetings.bookings import NOTHING_DECIDED, Bookings, LocalBooking, Mark, Rules
from appliance.room.meetings.door import Deed
from appliance.room.state import RoomState
from tests.room.meetings.test_bookings import HOUR, MINUTE, NINE, REVIEW, STANDUP, at

EVERYTHING = get_args(Deed)


class Door:
    """A door at nine o'clock, and what was decided there."""

    def __init__(self, state: RoomState, *allow: Deed, known: bool = True) -> None:
        self.decided: list[LocalEvent] = []
        time = datetime.fromtimestamp(NINE, UTC) if known else None
        self._touch = DoorTouch(allow, lambda: state, self.decided.append, lambda: time, lambda: 100.0)

    def take(self, words: str, seen: float = 99.0) -> Text:
        return self._touch.take(words, seen)


def test_what_is_decided_is_an_event_of_the_room() -> None:
    door = Door(at(NINE), "start")
    assert door.take("door start 30") == NOTHING
    assert door.decided == [BookingsAre(Bookings((LocalBooking(NINE, NINE + 30 * MINUTE),)))]


@pytest.mark.parametrize(
    "words",
    [
        *("door start", "door start 45", "door start 030", "door start 30 30", "door  start 30", "door extend 15"),
        *("door", "", "start 30", "door check_in 15", "door delete", "call 100", "hang_up", "door start ٣٠"),
    ],
)
def test_no_other_words_do_anything(words: str) -> None:
    door = Door(at(NINE), "start", "check_in")
    assert (door.take(words), door.decided) == (Text("touch.not_allowed"), [])


@pytest.mark.parametrize("words", ["door start 15", "door check_in", "door release", "door extend 15", "door end"])
def test_nothing_is_done_that_is_not_configured(words: str) -> None:
    door = Door(at(NINE, STANDUP))
    assert (door.take(words), door.decided) == (Text("touch.not_allowed"), [])


def test_who_sees_another_room_does_nothing() -> None:
    door = Door(at(NINE), *EVERYTHING)
    assert (door.take("door start 15", seen=96.9), door.decided) == (Text("touch.stale"), [])


def test_without_the_time_nothing_is_done() -> None:
    assert Door(at(NINE), *EVERYTHING, known=False).take("door start 15") == Text("touch.no_clock")


def test_why_not_is_said() -> None:
    assert Door(at(NINE, STANDUP), *EVERYTHING).take("door start 15") == Text("touch.not_free")


def ms(moment: float) -> int:
    return round(moment * 1000)


def test_what_is_offered() -> None:
    assert at_door(at(NINE, REVIEW), EVERYTHING) == AtDoor(starts=(15, 30, 60), until=ms(NINE + HOUR))
    waiting = at(NINE, STANDUP)
    assert at_door(waiting, EVERYTHING) == AtDoor(waits=ms(NINE), frees=ms(NINE), check_in=True)
    came = at(NINE, STANDUP, bookings=Bookings(marks=(Mark("\\c\\Stand-up", NINE, confirmed=True),)))
    assert at_door(came, EVERYTHING) == AtDoor(extends=(15, 30), end=True)
    assert at_door(waiting, {"release"}) == AtDoor(waits=ms(NINE), frees=ms(NINE))
    assert at_door(RoomState(), EVERYTHING) == AtDoor()


def test_who_only_looks_sees_what_waits_and_what_is_released() -> None:
    viewed = Viewed("Neptune", ENGLISH, titles=False, allow=EVERYTHING)
    assert viewed(at(NINE, STANDUP)).door == "check_in"
    gone = Bookings(marks=(Mark("\\c\\Stand-up", NINE, until=NINE + 10 * MINUTE),))
    view = viewed(at(NINE + 11 * MINUTE, STANDUP, bookings=gone))
    (meeting,) = view.meetings.today
    assert (view.door, meeting.released, meeting.end) == ("free", ms(NINE + 10 * MINUTE), ms(NINE + 30 * MINUTE))
    local = viewed(at(NINE, bookings=Bookings((LocalBooking(NINE, NINE + HOUR),)))).meetings.now
    assert local is not None
    assert (local.local, local.title, local.peer_id) == (True, "", "")


def test_a_meeting_that_was_made_longer_ends_then() -> None:
    longer = Bookings(marks=(Mark("\\c\\Stand-up", NINE, confirmed=True, until=NINE + 45 * MINUTE),))
    now = Viewed("Neptune", ENGLISH, titles=True)(at(NINE, STANDUP, bookings=longer)).meetings.now
    assert now is not None
    assert (now.end, now.released) == (ms(NINE + 45 * MINUTE), None)


def test_the_configuration_makes_the_rules() -> None:
    assert DoorConfig().rules() == Rules()
    assert (DoorConfig().decides, DoorConfig(release_after=5).decides) == (False, True)
    assert DoorConfig(release_after=5).rules() == Rules(check_in=True, release_after=300)
    assert DoorConfig(allow=("check_in",), check_in_before=15).rules() == Rules(check_in=True, before=900)
    assert timedelta(seconds=DoorConfig(allow=("check_in",)).rules().after) == timedelta(minutes=10)
    assert Bookings() == NOTHING_DECIDED


def test_a_panel_takes_what_the_door_takes_beside_all_else() -> None:
    class Taken:
        def __init__(self) -> None:
            self.words = list[str]()

        def take(self, words: str, _seen: float) -> Text:
            self.words.append(words)
            return NOTHING

    door, others = Taken(), Taken()
    both = WithDoor(door, others)
    for words in ("door check_in", "mute on", "doors"):
        both.take(words, 0)
    assert (door.words, others.words) == (["door check_in"], ["mute on", "doors"])
