import statistics
import time
from datetime import UTC, timedelta

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appliance.display import fonts
from appliance.display.draw import compose, draw, shown_since
from appliance.display.geometry import USUAL
from appliance.display.view import View
from appliance.language.text import verbatim
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.shown import Notice
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import CallDirection, ConferenceType
from appliance.terminal.messages.people import PastCall
from tests.display.panels import PANELS
from tests.display.scenes import CLOCK, NOW, SCENES, call, room, view

text = st.text(max_size=40) | st.sampled_from(
    ["", "x" * 10_000, "Ж" * 10_000, "a\nb\n" * 3000, "\ud800", "مرحبا", "👩‍👩‍👧 Ё́"]
)
moment = st.floats(-1e9, 1e9)
flag = st.none() | st.booleans()
person = st.builds(Person, text, text)
conversation = st.builds(
    Conversation,
    st.none() | person,
    st.none() | st.sampled_from([*ConferenceType, ConferenceType(77)]),
    title=text,
    since=st.none() | moment,
)
past_call = st.builds(PastCall, type=st.sampled_from([*CallDirection, CallDirection(9)]), viewed=st.booleans())
booking = st.builds(
    Booking,
    title=text,
    start=st.datetimes(timezones=st.just(UTC)),
    end=st.none() | st.datetimes(timezones=st.just(UTC)),
    owner=text,
)
states = st.builds(
    RoomState,
    link=st.builds(Link, st.sampled_from(LinkPhase) | st.just(LinkPhase.UP), text.map(verbatim), st.booleans()),
    phase=st.sampled_from(Phase),
    conversation=st.none() | conversation,
    call_waiting=st.none() | conversation,
    mic_muted=flag,
    audio_muted=flag,
    video_muted=flag,
    history=st.lists(past_call, max_size=3).map(tuple),
    number=text,
    notice=st.none() | st.builds(Notice, text.map(verbatim), moment),
    offline=st.frozensets(text, max_size=3),
    halted=st.sampled_from([False] * 9 + [True]),
    agenda=st.builds(
        Agenda,
        known=st.booleans(),
        now=st.none() | booking,
        next=st.none() | booking,
        others=st.integers(0, 1000),
        soon=st.booleans(),
    ),
)
views = st.builds(
    View,
    state=states,
    room=text,
    address=text,
    now=moment,
    clock=st.none() | st.datetimes(timezones=st.just(UTC)),
    shown_since=moment,
    geometry=st.just(USUAL) | st.sampled_from([*PANELS.values()]),
)
UNTOLD = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE, agenda=Agenda(soon=True))
TICKING = View(state=room(Phase.IN_CALL, call(Person("x"), NOW - 0.25)), room="", address="", now=NOW, clock=None)


def next_change(view: View) -> float | None:
    return compose(view).changes_in


@pytest.mark.slow
@settings(max_examples=300)
@given(views)
@example(View(state=UNTOLD, room="", address="", now=0.0, clock=None))
def test_anything_can_be_drawn_and_always_the_same_way(view: View) -> None:
    image = draw(view)
    assert (image.size, image.mode) == (view.geometry.size, view.geometry.mode)
    assert image.getbbox() is not None
    assert draw(view).tobytes() == image.tobytes()


@pytest.mark.slow
@settings(max_examples=300)
@given(states, st.floats(0, 1e5), st.floats(0, 100), st.floats(0, 0.99))
@example(TICKING.state, NOW, 0.0, 0.99)
def test_the_picture_is_right_until_it_says(state: RoomState, now: float, elapsed: float, part: float) -> None:
    first = _at(state, now, elapsed, 0)
    drawing = compose(first)
    wait = 10_000.0 if drawing.changes_in is None else max(0, drawing.changes_in - 0.021) * part
    assert draw(_at(state, now, elapsed, wait)).tobytes() == drawing.image.tobytes()


def _at(state: RoomState, now: float, elapsed: float, later: float) -> View:
    """The view `later` seconds on; a room that has no clock, because `datetime` ends before a test of years does."""
    return View(
        state=state,
        room="Переговорная на третьем этаже",
        address="192.168.10.25",
        now=now + later,
        clock=CLOCK + timedelta(seconds=later) if later < 60 else None if state.phase is not Phase.IDLE else CLOCK,
        shown_since=now - elapsed,
    )


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("idle", 30),
        ("idle_unknown", None),
        ("in_call", 0.5),
        ("in_call_unknown", None),
        ("notice", 5),
        ("ringing", 0.5),
    ],
)
def test_when_it_must_be_drawn_again(name: str, seconds: float | None) -> None:
    assert next_change(SCENES[name]) == seconds


def test_the_duration_moves_on_each_second() -> None:
    later = msgspec.structs.replace(TICKING, now=NOW + (next_change(TICKING) or 0) + 0.001)
    assert draw(later).tobytes() != draw(TICKING).tobytes()


def test_only_what_does_not_fit_scrolls() -> None:
    def ahead(name: str) -> bool:
        since = NOW - 3.05
        moved = msgspec.structs.replace(SCENES[name], shown_since=since)
        return draw(moved).tobytes() != draw(SCENES[name]).tobytes()

    assert ahead("in_call_hours")
    assert not ahead("in_call")


def test_scrolling_never_asks_for_more_than_ten_pictures_a_second() -> None:
    long = SCENES["ringing_long_name"]
    now, drawn = long.shown_since, 0
    while now < long.shown_since + 10:
        now += max(next_change(msgspec.structs.replace(long, now=now)) or 10, 1e-9)
        drawn += 1
    assert drawn <= 101


def test_a_notice_that_ran_out_is_gone_though_nobody_took_it_away() -> None:
    over = msgspec.structs.replace(SCENES["notice"], now=NOW + 5)
    assert draw(over).tobytes() == draw(view(room())).tobytes()


def test_a_new_subject_starts_its_scrolling_anew() -> None:
    before = view(room(Phase.RINGING, call(Person("a"))), elapsed=7)
    assert shown_since(before.state, NOW + 1, None) == NOW + 1
    assert shown_since(before.state, NOW + 1, before) == NOW - 7
    assert shown_since(room(Phase.RINGING, call(Person("b"))), NOW + 1, before) == NOW + 1


@pytest.mark.parametrize("name", SCENES)
def test_drawing_a_page_is_cheap(name: str) -> None:
    scene = SCENES[name]
    draw(scene)
    taken = []
    for _ in range(15):
        start = time.thread_time()
        draw(scene)
        taken.append(time.thread_time() - start)
    assert statistics.median(taken) < 0.002


def test_caches_stay_bounded() -> None:
    for number in range(700):
        draw(view(room(number=str(number))))
    assert fonts.strip.cache_info().currsize <= 64
    assert fonts.width.cache_info().currsize <= 512


def test_a_remark_takes_its_turn_at_the_foot() -> None:
    plain = compose(view(room(), elapsed=5)).image
    told = compose(msgspec.structs.replace(view(room(), elapsed=5), remark="room.toml: mistake")).image
    assert plain.tobytes() != told.tobytes()


def test_the_seconds_of_the_clock_do_not_show() -> None:
    later = view(room(), clock=CLOCK.replace(second=59))
    assert draw(later).tobytes() == draw(view(room())).tobytes()
