import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.gpio.debounce import RECHECK, VERIFY, Debouncer, Kind

PRESSED, HELD, RELEASED = Kind.PRESSED, Kind.HELD, Kind.RELEASED


def _deadline(button: Debouncer) -> float | None:
    return button.deadline


def run_to(button: Debouncer, until: float, *, down: bool) -> list[tuple[Kind, float]]:
    """Keep every deadline up to `until`, the contact being `down` all the time."""
    events = []
    while button.deadline is not None and button.deadline <= until:
        at = button.deadline
        events += [(kind, at) for kind in button.check(down=down, at=at)]
        after = _deadline(button)
        assert after is None or after > at, "a deadline that does not move would spin"
    return events


def test_press_counts_after_the_debounce_time() -> None:
    button = Debouncer(debounce=0.02)
    assert button.edge(down=True, at=1.0) == []
    assert run_to(button, 1.5, down=True) == [(PRESSED, 1.02)]


def test_at_its_leading_edge_a_press_counts_early_and_its_bounces_are_locked_out() -> None:
    button = Debouncer(debounce=0.02, press=0.002)
    assert button.edge(down=True, at=1.0) == []
    assert run_to(button, 1.004, down=True) == [(PRESSED, 1.002)]
    for number in range(20):  # each level longer than the glitch, none as long as the debounce
        assert button.edge(down=number % 2 == 1, at=1.004 + number * 0.004) == []
    assert run_to(button, 1.2, down=True) == []
    assert button.edge(down=False, at=1.5) == []
    assert run_to(button, 2.0, down=False) == [(RELEASED, pytest.approx(1.52))]


def test_at_its_leading_edge_a_spike_is_nothing_and_a_dropout_no_release() -> None:
    button = Debouncer(debounce=0.02, press=0.002)
    assert button.edge(down=True, at=1.0) == []
    assert button.edge(down=False, at=1.0019, quiet=0.0019) == []
    assert run_to(button, 1.5, down=False) == []
    button.edge(down=True, at=2.0)
    assert run_to(button, 2.5, down=True) == [(PRESSED, 2.002)]
    assert button.edge(down=False, at=2.6, quiet=0.6) == []
    assert button.edge(down=True, at=2.619, quiet=0.019) == []
    assert run_to(button, 5.0, down=True) == []


def test_at_its_leading_edge_a_press_heard_late_counts_by_its_stamps_and_is_held_from_when_it_counted() -> None:
    button = Debouncer(debounce=0.02, press=0.002, hold=1.0)
    button.edge(down=True, at=1.5, quiet=9.0)
    assert button.edge(down=False, at=1.51, quiet=0.003) == [PRESSED]
    assert run_to(button, 2.0, down=False) == [(RELEASED, pytest.approx(1.53))]
    button.edge(down=True, at=3.0, quiet=1.0)
    assert run_to(button, 5.0, down=True) == [(PRESSED, 3.002), (HELD, 4.002)]


def test_storm_of_edges_is_one_press() -> None:
    button = Debouncer(debounce=0.02)
    at = 0.0
    for number in range(1, 202):
        at = number * 0.001
        assert button.edge(down=number % 2 == 1, at=at) == []
    assert run_to(button, 1.0, down=True) == [(PRESSED, pytest.approx(at + 0.02))]


def test_spike_is_nothing() -> None:
    button = Debouncer(debounce=0.02)
    assert button.edge(down=True, at=1.0) == []
    assert button.edge(down=False, at=1.019) == []
    assert run_to(button, 9.0, down=False) == []
    assert button.deadline is None


def test_spike_while_down_is_no_release() -> None:
    button = Debouncer(debounce=0.02)
    button.edge(down=True, at=1.0)
    run_to(button, 1.1, down=True)
    assert button.edge(down=False, at=1.2) == []
    assert button.edge(down=True, at=1.21) == []
    assert run_to(button, 5.0, down=True) == []


def test_press_that_was_long_enough_counts_though_its_deadline_was_missed() -> None:
    button = Debouncer(debounce=0.02)
    button.edge(down=True, at=1.0)
    assert button.edge(down=False, at=1.03) == [PRESSED]
    assert run_to(button, 2.0, down=False) == [(RELEASED, pytest.approx(1.05))]


def test_a_storm_on_a_starved_machine_is_one_press() -> None:
    button = Debouncer(debounce=0.02)
    assert button.edge(down=True, at=1.0) == []
    assert button.edge(down=False, at=1.03, quiet=0.001) == []  # the storm goes on; nobody had time to look
    assert button.edge(down=True, at=1.06, edges=31, quiet=0.001) == []
    assert button.check(down=True, at=1.12) == []  # 40 ms late: perhaps in the middle of it, too
    assert button.edge(down=True, at=1.13, edges=20, quiet=0.001) == []
    assert run_to(button, 2.0, down=True) == [(PRESSED, pytest.approx(1.15))]
    assert button.edge(down=False, at=2.1, quiet=0.9) == []
    assert run_to(button, 3.0, down=False) == [(RELEASED, pytest.approx(2.12))]


def test_a_late_check_is_doubted_once_only() -> None:
    button = Debouncer(debounce=0.02)
    button.edge(down=True, at=1.0)
    assert button.check(down=True, at=1.1) == []
    assert button.deadline == pytest.approx(1.12)
    assert button.check(down=True, at=1.5) == [PRESSED]


def test_a_late_check_that_finds_another_level_calls_nothing_steady() -> None:
    button = Debouncer(debounce=0.02)
    button.edge(down=True, at=1.0)
    assert button.check(down=False, at=1.1) == []
    assert run_to(button, 2.0, down=False) == []


def test_without_debounce_every_edge_counts_at_once() -> None:
    button = Debouncer(debounce=0)
    assert button.edge(down=True, at=1.0) == [PRESSED]
    assert button.edge(down=False, at=1.0) == [RELEASED]


def test_without_debounce_a_press_too_short_to_be_seen_still_counts() -> None:
    button = Debouncer(debounce=0)
    assert button.edge(down=False, at=1.0, edges=2) == [PRESSED, RELEASED]
    assert button.edge(down=False, at=1.0, edges=10_000) == [PRESSED, RELEASED]
    assert button.edge(down=True, at=1.0, edges=3) == [PRESSED]
    assert button.edge(down=True, at=1.0, edges=2) == [RELEASED, PRESSED]


def test_hold_fires_once_and_release_follows() -> None:
    button = Debouncer(debounce=0.02, hold=2.0)
    button.edge(down=True, at=1.0)
    assert run_to(button, 9.0, down=True) == [(PRESSED, 1.02), (HELD, 3.02)]
    button.edge(down=False, at=9.0)
    assert run_to(button, 20.0, down=False) == [(RELEASED, 9.02)]


def test_no_hold_after_letting_go() -> None:
    button = Debouncer(debounce=0.02, hold=1.0)
    button.edge(down=True, at=1.0)
    run_to(button, 2.0, down=True)
    button.edge(down=False, at=2.01)  # the hold would be due at 2.02, the release at 2.03
    assert run_to(button, 5.0, down=False) == [(RELEASED, pytest.approx(2.03))]


def test_hold_survives_a_spike_at_its_moment() -> None:
    button = Debouncer(debounce=0.02, hold=1.0)
    button.edge(down=True, at=1.0)
    run_to(button, 2.0, down=True)
    assert button.edge(down=False, at=2.015) == []
    assert button.edge(down=True, at=2.025) == []
    assert run_to(button, 5.0, down=True) == [(HELD, pytest.approx(2.02))]


def test_hold_time_begins_again_with_each_press() -> None:
    button = Debouncer(debounce=0, hold=1.0)
    button.edge(down=True, at=0.0)
    button.edge(down=False, at=0.9)
    button.edge(down=True, at=0.95)
    assert run_to(button, 1.9, down=True) == []
    assert run_to(button, 3.0, down=True) == [(HELD, 1.95)]


def test_button_down_at_the_start_says_nothing_until_pressed_anew() -> None:
    button = Debouncer(debounce=0.02, hold=0.5, down=True, at=10.0)
    assert run_to(button, 20.0, down=True) == []
    button.edge(down=False, at=20.0)
    assert run_to(button, 21.0, down=False) == []
    button.edge(down=True, at=22.0)
    assert run_to(button, 23.0, down=True) == [(PRESSED, 22.02), (HELD, 22.52)]


@pytest.mark.parametrize("debounce", [0, 0.02])
def test_lost_release_is_noticed(debounce: float) -> None:
    button = Debouncer(debounce=debounce)
    pressed = button.edge(down=True, at=1.0) or [kind for kind, _ in run_to(button, 1.1, down=True)]
    assert pressed == [PRESSED]
    events = run_to(button, 10.0, down=False)
    assert [kind for kind, _ in events] == [RELEASED]
    assert events[0][1] < 1.0 + 2 * debounce + VERIFY + RECHECK + 0.01


@pytest.mark.parametrize("debounce", [0, 0.02])
def test_lost_last_edge_of_a_bouncing_press_is_noticed(debounce: float) -> None:
    button = Debouncer(debounce=debounce)
    early = button.edge(down=True, at=1.0) + button.edge(down=False, at=1.001)
    late = [kind for kind, _ in run_to(button, 1.2, down=True)]
    assert (early + late)[-1] == PRESSED
    assert button.down


class World:
    """A contact and the debouncer that hears of it: every deadline is kept, some edges get lost."""

    def __init__(self, debounce: float, press: float, hold: float | None, *, down: bool) -> None:
        self.button = Debouncer(debounce=debounce, press=press, hold=hold, down=down)
        self.down = down
        self.now = 0.0
        self.kinds: list[Kind] = []

    def wait(self, seconds: float) -> None:
        until = self.now + seconds
        self.kinds += [kind for kind, _ in run_to(self.button, until, down=self.down)]
        self.now = until

    def move(self, times: int, *, heard: bool) -> None:
        self.down ^= times % 2 == 1
        if heard:
            self.kinds += self.button.edge(down=self.down, at=self.now, edges=times)


moves = st.lists(st.tuples(st.floats(0, 3), st.integers(1, 5), st.booleans()), max_size=40)


limits = st.sampled_from(
    [(0, 0), (0.005, 0.005), (0.02, 0.02), (0.5, 0.5), (0.005, 0.002), (0.02, 0.002), (0.5, 0.002)]
)


@given(moves, limits, st.none() | st.floats(0.1, 2), st.booleans())
def test_whatever_happens_events_alternate_and_end_as_the_contact_is(
    sequence: list[tuple[float, int, bool]], limits: tuple[float, float], hold: float | None, down: bool
) -> None:
    world = World(*limits, hold, down=down)
    for pause, times, heard in sequence:
        world.wait(pause)
        world.move(times, heard=heard)
    world.move(2, heard=True)  # the last thing heard: from here on no edge is lost that nothing would repair
    world.wait(5)

    changes = [kind for kind in world.kinds if kind is not HELD]
    assert changes == [PRESSED if index % 2 == 0 else RELEASED for index in range(len(changes))]
    assert world.button.down == world.down
    for index, kind in enumerate(world.kinds):
        assert kind is not HELD or world.kinds[index - 1] is PRESSED


def test_a_press_heard_late_counts_by_the_clock_that_stamps_edges() -> None:
    button = Debouncer(debounce=0.02)
    assert button.edge(down=True, at=1.095) == []  # the press at 1.0, heard when the event loop got to it
    assert button.edge(down=False, at=1.1, quiet=0.1) == [PRESSED]
    assert run_to(button, 2.0, down=False) == [(RELEASED, pytest.approx(1.12))]


def test_a_press_whose_release_is_read_before_it_is_heard_still_counts() -> None:
    button = Debouncer(debounce=0.02)
    button.edge(down=True, at=1.05)
    assert button.check(down=False, at=1.12) == []  # late, and the contact is open already
    assert button.edge(down=False, at=1.13, quiet=0.1) == [PRESSED]
    assert run_to(button, 2.0, down=False) == [(RELEASED, pytest.approx(1.15))]


def test_a_press_that_counted_does_not_count_again_when_its_release_is_heard_after_it_was_read() -> None:
    button = Debouncer(debounce=0.02)
    button.edge(down=True, at=1.0)
    assert run_to(button, 1.9, down=True) == [(PRESSED, 1.02)]
    assert run_to(button, 3.0, down=False) == [(RELEASED, pytest.approx(2.04))]
    assert button.edge(down=False, at=3.1, quiet=1.0) == []
    assert run_to(button, 5.0, down=False) == []


def test_a_button_held_for_long_enough_was_held_though_nobody_had_time_to_look() -> None:
    button = Debouncer(debounce=0.02, hold=1.0)
    button.edge(down=True, at=2.7)
    assert button.edge(down=False, at=2.8, quiet=1.8) == [PRESSED, HELD]
    assert run_to(button, 4.0, down=False) == [(RELEASED, pytest.approx(2.82))]


late_presses = st.lists(st.tuples(st.floats(0.05, 0.6), st.floats(0.05, 0.6)), min_size=1, max_size=8)
wakes = st.lists(st.tuples(st.floats(0.001, 0.7), st.booleans()), max_size=60)


@given(late_presses, wakes, st.sampled_from([0.02, 0.002]))
def test_however_late_the_event_loop_is_every_press_counts_once(
    presses: list[tuple[float, float]], turns: list[tuple[float, bool]], press: float
) -> None:
    """The event loop turns rarely; in some turns it hears nothing, as edges come through a thread that is late, too."""
    edges, at = list[tuple[float, bool, float]](), 0.0
    for up, down in presses:
        edges += [(at + up, True, up), (at + up + down, False, down)]
        at += up + down
    button, kinds, now = Debouncer(debounce=0.02, press=press), list[Kind](), 0.0
    for pause, hears in [*turns, (at + 1, True), *[(0.03, True)] * 4]:
        now += pause
        while hears and edges and edges[0][0] <= now:
            _, down, quiet = edges.pop(0)
            kinds += button.edge(down=down, at=now, quiet=quiet)
        if button.deadline is not None and button.deadline <= now:
            kinds += button.check(down=contact(presses, now), at=now)
    assert kinds == [PRESSED, RELEASED] * len(presses)


def contact(presses: list[tuple[float, float]], now: float) -> bool:
    """Whether the contact is closed at a time."""
    at = 0.0
    for up, down in presses:
        if at + up <= now < at + up + down:
            return True
        at += up + down
    return False


def test_several_holds_come_in_their_order_once_a_press() -> None:
    button = Debouncer(debounce=0.02, hold=1.0, later=(3.0, 5.0))
    button.edge(down=True, at=1.0)
    assert run_to(button, 5.0, down=True) == [(PRESSED, 1.02), (HELD, 2.02), (HELD, pytest.approx(4.02))]
    button.edge(down=False, at=5.0)
    assert run_to(button, 9.0, down=False) == [(RELEASED, 5.02)]
    button.edge(down=True, at=10.0)
    assert [kind for kind, _ in run_to(button, 20.0, down=True)] == [PRESSED, HELD, HELD, HELD]


def test_of_a_press_that_is_told_late_every_hold_counts_that_it_lasted_for() -> None:
    button = Debouncer(debounce=0.02, hold=1.0, later=(3.0, 5.0))
    button.edge(down=True, at=1.0)
    assert button.edge(down=False, at=5.5, quiet=3.5) == [PRESSED, HELD, HELD]
