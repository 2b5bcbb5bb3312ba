import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, Decline, HangUp, Tone
from appliance.room.intents.camera import HomeCamera, Move
from appliance.room.intents.conference import AcceptRequest, AskForPodium
from appliance.room.intents.media import MuteMic
from appliance.room.orders.commands import Plan
from appliance.room.parts.person import Person
from appliance.room.parts.requests import Request, Wish
from appliance.room.respond import Order as RoomOrder
from appliance.services.link.outbox import LONGEST, Full, Outbox


def Order(intent: Intent, *, urgent: bool = False) -> RoomOrder:  # noqa: N802  # reads as the value that it makes
    return RoomOrder(intent, Plan(urgent=urgent))


STOP = Order(Move(), urgent=True)
HANG_UP = Order(HangUp(), urgent=True)
DECLINE = Order(Decline(), urgent=True)


def drain(outbox: Outbox) -> list[Intent]:
    taken = []
    while (order := outbox.take()) is not None:
        taken.append(order.intent)
        outbox.camera_answered()
    return taken


def filled(*orders: RoomOrder) -> Outbox:
    outbox = Outbox()
    for order in orders:
        outbox.put(order)
    return outbox


def test_orders_leave_in_the_order_in_which_they_came() -> None:
    digits = [Tone("1"), Tone("2"), Tone("3")]
    assert drain(filled(*map(Order, digits))) == digits


def test_a_stop_jumps_the_queue_and_takes_what_it_makes_pointless_with_it() -> None:
    outbox = filled(Order(Tone("1")), Order(Move(pan=1)), Order(MuteMic(on=True)), STOP)
    assert drain(outbox) == [Move(), Tone("1"), MuteMic(on=True)]


def test_hanging_up_drops_the_digits_that_wait_and_never_the_mute() -> None:
    outbox = filled(Order(Call("a@b")), Order(Tone("1")), Order(MuteMic(on=True)), HANG_UP)
    assert drain(outbox) == [HangUp(), MuteMic(on=True)]


def test_hanging_up_drops_what_waits_to_be_answered_in_the_conference_that_it_leaves() -> None:
    request = Request(Wish.PODIUM, Person("a@b"))
    outbox = filled(Order(AcceptRequest(request)), Order(AskForPodium()), Order(MuteMic(on=True)), HANG_UP)
    assert drain(outbox) == [HangUp(), MuteMic(on=True)]


def test_two_different_stops_of_a_call_both_go_in_their_order_and_the_same_one_once() -> None:
    assert drain(filled(HANG_UP, DECLINE)) == [HangUp(), Decline()]
    assert drain(filled(HANG_UP, DECLINE, HANG_UP)) == [Decline(), HangUp()]


def test_of_camera_movements_the_latest_wins() -> None:
    outbox = filled(Order(Move(pan=1)), Order(Move(pan=-1)), Order(Move(tilt=1)))
    assert drain(outbox) == [Move(tilt=1)]


def test_a_movement_waits_for_the_answer_to_the_one_before_and_a_stop_does_not() -> None:
    outbox = filled(Order(Move(pan=1)))
    assert outbox.take() == Order(Move(pan=1))
    outbox.put(Order(Move(pan=-1)))
    assert outbox.take() is None
    outbox.put(STOP)
    assert outbox.take() == STOP
    assert outbox.take() is None  # the movement before the stop is gone


def test_a_movement_after_a_stop_does_not_push_the_stop_out() -> None:
    outbox = filled(STOP, Order(Move(pan=1)))
    assert drain(outbox) == [Move(), Move(pan=1)]


def test_other_orders_pass_a_camera_that_does_not_answer() -> None:
    outbox = filled(Order(Move(pan=1)))
    outbox.take()
    outbox.put(Order(Move(pan=-1)))
    outbox.put(Order(Answer()))
    assert outbox.take() == Order(Answer())


def test_the_limit_holds_and_a_stop_is_never_refused() -> None:
    outbox = filled(*[Order(MuteMic(on=True))] * LONGEST)
    with pytest.raises(Full):
        outbox.put(Order(MuteMic(on=False)))
    outbox.put(HANG_UP)
    assert outbox.take() == HANG_UP


def test_what_was_meant_for_a_lost_session_is_forgotten() -> None:
    outbox = filled(Order(Move(pan=1)), Order(Call("a@b")))
    outbox.take()
    outbox.clear()
    assert outbox.take() is None
    outbox.put(Order(Move(pan=1)))
    assert outbox.take() == Order(Move(pan=1))


PATIENT = [Order(Tone("1")), Order(Call("a@b")), Order(Move(pan=1)), Order(MuteMic(on=True)), Order(HomeCamera())]
ORDERS = st.sampled_from([*PATIENT, STOP, HANG_UP, DECLINE])


@given(st.lists(ORDERS, max_size=200))
def test_however_much_waits_stops_go_first_and_memory_is_bounded(orders: list[RoomOrder]) -> None:
    outbox, kept = Outbox(), 0
    for order in orders:
        try:
            kept += 1 - len(outbox.put(order))
        except Full:
            assert not order.plan.urgent
    urgent = {type(order.intent) for order in orders if order.plan.urgent}
    left = drain(outbox)
    assert {type(intent) for intent in left[: len(urgent)]} == urgent
    assert len(left) == kept <= LONGEST + len(urgent)


def test_of_a_turn_only_the_stop_goes_before_the_answer_and_the_latest_turn_after_it() -> None:
    outbox = filled(Order(Move(pan=1)))
    outbox.take()
    for pan in (-1, 1, -1):
        outbox.put(Order(Move(pan=pan), urgent=True))
        stop = outbox.take()
        assert stop is not None
        assert (stop.intent, stop.plan.urgent) == (Move(), True)
        assert outbox.take() is None
    outbox.camera_answered()
    assert drain(outbox) == [Move(pan=-1)]


def test_whoever_puts_an_order_in_hears_which_it_has_made_pointless() -> None:
    tone, answer = Order(Tone("1")), Order(Answer())
    outbox = filled(tone, answer, Order(MuteMic(on=True)))
    assert outbox.put(DECLINE) == (answer,)
    assert outbox.put(HANG_UP) == (tone,)
    assert outbox.put(HANG_UP) == (HANG_UP,)
    left, right = Order(Move(pan=-1)), Order(Move(pan=1))
    assert (outbox.put(left), outbox.put(right), outbox.put(STOP)) == ((), (left,), (right,))


def test_declining_ends_what_rings_and_nothing_of_the_call_that_goes_on() -> None:
    tones = [Order(Tone("1")), Order(Tone("2"))]
    assert drain(filled(*tones, Order(Answer()), DECLINE, DECLINE)) == [Decline(), Tone("1"), Tone("2")]
