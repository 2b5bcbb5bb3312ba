"""The example rooms of the documentation are right, do what its tables say, and obey what every room obeys."""

import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.cli.check.states import STATES
from appliance.config.load import load
from appliance.room import actions
from appliance.room.bindings.bindings import Bindings
from appliance.room.inputs import (
    Doubled,
    GestureDue,
    Held,
    Hook,
    Input,
    NextStep,
    Pressed,
    Released,
    Scanned,
    SourceGone,
    Tapped,
    Turned,
)
from appliance.room.intents.call import Decline, HangUp
from appliance.room.parts.link import LinkPhase
from appliance.room.reactions.presses import confirming, presses
from appliance.room.reduce.reduce import reduce
from appliance.room.respond import Order, respond
from appliance.room.state import RoomState
from tests.cli.processes import offhook

ROOT = Path(__file__).parent.parent
ROOMS = sorted((ROOT / "docs" / "examples" / "rooms").glob("*.toml"))
BINDINGS = {path.stem: load(path, None).bindings() for path in ROOMS}


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_an_example_room_has_no_mistakes(path: Path) -> None:
    assert offhook("check", "--off-box", str(path)) == (0, f"{path}: no mistakes\n", "")


def test_the_page_has_every_room_with_its_table() -> None:
    page = (ROOT / "docs" / "rooms.md").read_text()
    script = runpy.run_path(str(ROOT / "scripts" / "rooms.py"))
    assert {path.stem for path in ROOMS} == set(script["TITLES"])
    for path in ROOMS:
        assert path.read_text().strip() in page
        assert script["table"](path) in page


def test_together_they_use_every_gesture() -> None:
    text = "\n".join(path.read_text() for path in ROOMS)
    for word in ("press", "held", "hold", "double", "release", "confirm", "[chords.", "otherwise", "wait "):
        assert word in text
    assert all(tomllib.loads(path.read_text())["room"]["name"] for path in ROOMS)


def inputs(bindings: Bindings) -> list[Input]:
    """Everything that can happen to what these rooms have, from hardware and from reactions."""

    def all_of() -> Iterator[Input]:
        for name, binding in bindings.buttons.items():
            yield from (Pressed(name), Released(name), GestureDue(name), NextStep(name), Tapped(name), Doubled(name))
            yield from (Held(name, nth) for nth in range(len(binding.holds) + 1))
            yield SourceGone(f"buttons.{name}")
        for name in bindings.encoders:
            yield from (Turned(name, clockwise=True), Turned(name, clockwise=False))
        for name in bindings.readers:
            yield from (Scanned(name, "0006871123"), Scanned(name, "?"))
        yield from (Hook(off=True), Hook(off=False), SourceGone("keypads.keypad"))

    return list(all_of())


@pytest.mark.parametrize("name", BINDINGS)
@pytest.mark.parametrize("state", STATES)
def test_nothing_raises_in_any_state_and_hanging_up_comes_first(name: str, state: str) -> None:
    bindings = BINDINGS[name]
    for each in inputs(bindings):
        _, orders = respond(each, STATES[state], bindings, 100.0)
        assert_obeys(each, STATES[state], bindings, orders)


def assert_obeys(given: Input, state: RoomState, bindings: Bindings, orders: tuple[Order, ...]) -> None:
    """What is urgent is at the front; without a link nothing is sent; a press that hangs up does not wait."""
    urgent = [order.plan.urgent for order in orders if order.plan.commands]
    assert urgent == sorted(urgent, reverse=True)
    if state.link.phase is not LinkPhase.UP:
        assert [order.plan.commands for order in orders if order.plan.commands] == []
    if isinstance(given, Pressed) and state.link.phase is LinkPhase.UP and state.conversation is not None:
        binding = bindings.buttons[given.button]
        if isinstance(binding.press, actions.HangUp):
            assert any(isinstance(order.intent, HangUp | Decline) for order in orders)


@given(st.data())
def test_whatever_is_done_in_whatever_order_all_ends_and_nothing_moves_on(data: st.DataObject) -> None:
    bindings = BINDINGS[data.draw(st.sampled_from(sorted(BINDINGS)))]
    real = [each for each in inputs(bindings) if not isinstance(each, Tapped | Doubled)]  # those, gestures make
    state, now = STATES[data.draw(st.sampled_from(sorted(STATES)))], 100.0
    for given_input in data.draw(st.lists(st.sampled_from(real), max_size=12)):
        state, orders = respond(given_input, state, bindings, now)
        assert all(not order.plan.commands for order in orders) or state.link.phase is LinkPhase.UP
        now += data.draw(st.sampled_from([0.0, 0.05, 0.2, 0.5, 5.0]))
    for name in bindings.buttons:
        state, _ = respond(Released(name), state, bindings, now)
    done = 0
    for _ in range(200):
        outcomes = [presses(state, state, now), confirming(state, state, now)]
        for outcome in outcomes:
            for follows in outcome.inputs:
                state, orders = respond(follows, state, bindings, now)
                done += len(orders)
            for event in outcome.events:
                state = reduce(state, event, now)
        now = (
            max(now, min(outcome.look_at for outcome in outcomes))
            if any(outcome.look_at < float("inf") for outcome in outcomes)
            else now + 1.0
        )
    assert (state.rows, state.confirming) == ({}, None)
    assert done <= 20 * len(bindings.buttons)
    assert state.motion == (0, 0, 0)
    assert all(motion == (0, 0, 0) for motion in state.local_motion.values())
