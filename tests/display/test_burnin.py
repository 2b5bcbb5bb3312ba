import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.display.burnin import WALK, DisplayPolicy, glass, wakes
from appliance.language.text import verbatim
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.shown import Notice
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import PeerStatus
from appliance.terminal.messages.people import Contact
from tests.display.scenes import SCENES, UP, call, link, room

POLICY = DisplayPolicy(dim_after=30, off_after=600, shift_every=0)
IDLE = room()
NOT_READY = [
    link(LinkPhase.STARTING),
    link(LinkPhase.DOWN),
    link(LinkPhase.REFUSED),
    link(LinkPhase.EVICTED),
    room(Phase.OFFLINE),
    room(Phase.CONNECTING),
    room(Phase.LOGIN_NEEDED),
    room(Phase.LOGIN_NEEDED, number="12"),
    room(Phase.UNKNOWN),
]
CALLS = [room(phase) for phase in (Phase.IN_CALL, Phase.CALLING, Phase.WAITING, Phase.CLOSING)]


@pytest.mark.parametrize(
    ("quiet", "contrast", "hidden", "changes_in"),
    [(0, 207, False, 30), (29, 207, False, 1), (30, 16, False, 570), (599, 16, False, 1), (600, 16, True, None)],
)
def test_an_idle_room_dims_and_then_goes_dark(
    quiet: float, contrast: int, hidden: bool, changes_in: float | None
) -> None:
    now = glass(POLICY, IDLE, 1000 + quiet, 1000)
    assert (now.contrast, now.hidden, now.changes_in) == (contrast, hidden, changes_in)


@pytest.mark.parametrize(("off_after", "dark_after"), [(600, 30), (10, 10), (0, 30)])
def test_at_night_it_goes_dark_soon_and_only_while_the_room_is_idle(off_after: float, dark_after: float) -> None:
    policy = DisplayPolicy(dim_after=0, off_after=off_after, shift_every=0)
    night = msgspec.structs.replace(IDLE, night=True)
    assert not glass(policy, night, 1000 + dark_after - 1, 1000).hidden
    assert glass(policy, night, 1000 + dark_after, 1000).hidden
    assert not glass(policy, msgspec.structs.replace(CALLS[0], night=True), 5000, 1000).hidden


def test_an_input_wakes_it() -> None:
    assert glass(POLICY, IDLE, 5000, 1000).hidden
    assert not glass(POLICY, IDLE, 5000, 5000).hidden


@pytest.mark.parametrize("state", [*NOT_READY, *CALLS])
def test_it_is_on_while_the_room_is_not_ready_or_in_a_call(state: RoomState) -> None:
    late = glass(POLICY, state, 100_000, 0)
    assert (late.hidden, late.contrast) == (False, POLICY.dimmed)


@pytest.mark.parametrize("state", [room(Phase.RINGING), room(notice=Notice(verbatim("Busy"), 200_000))])
def test_it_is_bright_while_somebody_must_see_it(state: RoomState) -> None:
    late = glass(POLICY, state, 100_000, 0)
    assert (late.hidden, late.contrast) == (False, POLICY.contrast)


def test_the_last_picture_stays_and_spares_the_glass() -> None:
    last = glass(POLICY, RoomState(halted=True), 1000, 1000)
    assert (last.hidden, last.contrast) == (False, POLICY.dimmed)


def test_zero_means_never() -> None:
    policy = DisplayPolicy(dim_after=0, off_after=0, shift_every=0)
    forever = glass(policy, IDLE, 1e9, 0)
    assert (forever.contrast, forever.hidden, forever.shift, forever.changes_in) == (207, False, (0, 0), None)


def test_the_picture_wanders_one_pixel_at_a_time_over_every_place() -> None:
    steps = [glass(DisplayPolicy(shift_every=60), IDLE, minute * 60, 0).shift for minute in range(len(WALK) + 1)]
    assert set(steps) == set(itertools.product(range(-2, 3), range(-2, 3)))
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1 for a, b in itertools.pairwise(steps))
    assert steps[0] == steps[-1] == (0, 0)


@given(
    st.sampled_from([view.state for view in SCENES.values()]), st.floats(0, 1e6), st.floats(0, 5000), st.floats(0, 0.99)
)
def test_it_stays_so_until_it_says(state: RoomState, now: float, quiet: float, part: float) -> None:
    state = msgspec.structs.replace(state, notice=None)
    policy = DisplayPolicy()
    first = glass(policy, state, now, now - quiet)
    early = 1e-4 * policy.shift_every  # seconds by which a step may come before its time: see display.beat
    until = 1000.0 if first.changes_in is None else max(0, first.changes_in - 2 * early) * part
    later = glass(policy, state, now + until, now - quiet)
    assert (later.contrast, later.hidden) == (first.contrast, first.hidden)
    assert first.hidden or later.shift == first.shift


@pytest.mark.parametrize(
    "after",
    [
        RoomState(link=Link(LinkPhase.DOWN)),
        room(Phase.RINGING),
        room(conversation=call(Person("x"))),
        room(call_waiting=call(Person("x"))),
        room(mic_muted=True),
        room(number="1"),
        room(notice=Notice(verbatim("Busy"), 1)),
        room(offline=frozenset({"keypad"})),
        RoomState(link=UP, halted=True),
    ],
)
def test_what_the_display_shows_wakes_it(after: RoomState) -> None:
    assert wakes(IDLE, after)


def test_the_presence_of_others_does_not() -> None:
    assert not wakes(IDLE, room(contacts=(Contact(peer_id="x", status=PeerStatus.BUSY),), held=frozenset({"call"})))


@pytest.mark.parametrize("wrong", [{"dim_after": -1}, {"off_after": "long"}, {"contrast": 256}, {"brightness": 3}])
def test_a_wrong_policy_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, DisplayPolicy)
