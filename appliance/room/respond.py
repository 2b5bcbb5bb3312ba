"""`respond`: an input all the way to the commands that it is worth, and the room after it."""

import msgspec

from appliance.room import prompts
from appliance.room.bindings.bindings import Bindings
from appliance.room.bindings.gestures import heard
from appliance.room.bindings.resolve import held_after, resolve
from appliance.room.change import changed
from appliance.room.inputs import Input, NextStep, Touched, Unattended
from appliance.room.intents.base import Intent
from appliance.room.local_events.closed import LockTimeOver
from appliance.room.local_events.inputs import InputsHeld, PressesAre, RowsOver
from appliance.room.orders import asked
from appliance.room.orders.commands import Plan, plan
from appliance.room.reduce.reduce import reduce
from appliance.room.settle import settle
from appliance.room.state import RoomState
from appliance.room.why_not import why_not


class Order(msgspec.Struct, frozen=True):
    """One intent and the plan that carries it out. The plan of `Reclaim` is empty: that is for the link to do."""

    intent: Intent
    plan: Plan


def respond(given: Input, state: RoomState, bindings: Bindings, now: float) -> tuple[RoomState, tuple[Order, ...]]:
    """Returns the room after an input, and the orders for the terminal in sequence; `now` in monotonic seconds."""
    state = _without_what_is_over(state, now)
    meant, presses = heard(given, state, bindings, now)
    orders: list[Order] = []
    for each in meant:
        state, more = _responded(each, state, bindings, now)
        orders += more
    if presses is not state.presses:
        state = reduce(state, PressesAre(presses), now)
    return state, tuple(orders)


def _without_what_is_over(state: RoomState, now: float) -> RoomState:
    """Returns the room without what was asked or wanted for a time that is over, should a reaction be late."""
    if state.volume_asked and now >= state.volume_asked.until:
        state = changed(state, volume_asked=None)
    if state.call_asked and now >= state.call_asked.until:
        state = changed(state, call_asked=None)
    if state.confirming and now >= state.confirming.until:
        state = changed(state, confirming=None)
    return reduce(state, LockTimeOver(), now)


def _responded(given: Input, state: RoomState, bindings: Bindings, now: float) -> tuple[RoomState, list[Order]]:
    orders: list[Order] = []
    before = state = prompts.followed(state, now)
    meant = resolve(given, state, bindings) or why_not(given, state, bindings)
    if isinstance(given, NextStep):
        state = reduce(state, RowsOver(given.button), now)
    for intent in meant if isinstance(given, Unattended | Touched) else prompts.only_seen(meant, state, now):
        orders.append(Order(intent, plan(intent, state)))
        state = settle(intent, state, now)
    sent = tuple(order.intent for order in orders if order.plan.commands)
    state = asked.remembered(before, state, given, sent, now)
    return reduce(state, InputsHeld(held_after(given, before, bindings)), now), orders
