"""Edges of two contacts, in time, late and out of order, are the turns that were made."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.gpio.quadrature import KEPT, Contact, Quadrature

Edge = tuple[Contact, float, bool]
EVERY = 0.004  # seconds between two edges of a knob that is turned quickly
STATES = ((False, False), (True, False), (True, True), (False, True))


def edges(path: list[int]) -> list[Edge]:
    """What the contacts do while the knob goes through these steps of its cycles, one at a time."""
    made = []
    for number, (before, after) in enumerate(pairwise(path)):
        was, now = STATES[before % 4], STATES[after % 4]
        contact = Contact.A if was[0] != now[0] else Contact.B
        made.append((contact, number * EVERY, now[contact]))
    return made


def turns(knob: Quadrature, delivered: list[Edge]) -> list[int]:
    return [knob.edge(contact, at, closed=closed) for contact, at, closed in delivered]


def of(contact: Contact, made: list[Edge]) -> list[Edge]:
    return [edge for edge in made if edge[0] is contact]


def walk(steps: list[int]) -> list[int]:
    path = [0]
    for step in steps:
        path.append(path[-1] + step)
    return path


def settled(path: list[int], steps_per_detent: int) -> int:
    """The detents of a path, counted one step at a time."""
    detents = 0
    for step in path:
        if abs(step - detents * steps_per_detent) >= steps_per_detent:
            detents += 1 if step > detents * steps_per_detent else -1
    return detents


@pytest.mark.parametrize("first", [Contact.A, Contact.B])
@pytest.mark.parametrize("direction", [1, -1])
def test_six_detents_whose_edges_come_one_contact_after_the_other(first: Contact, direction: int) -> None:
    made = edges([direction * step for step in range(25)])
    second = Contact.B if first is Contact.A else Contact.A
    counted = turns(Quadrature(), of(first, made) + of(second, made))
    assert sum(counted) == direction * 6
    assert set(counted) <= {0, direction}


def test_bursts_of_a_busy_machine() -> None:
    made = edges(list(range(49)))
    knob, counted = Quadrature(), []
    for begin in range(0, len(made), 7):  # each time it has some tens of milliseconds to hand over
        burst = made[begin : begin + 7]
        counted += turns(knob, of(Contact.B, burst) + of(Contact.A, burst))
    assert sum(counted) == 12
    assert set(counted) <= {0, 1}


@given(st.lists(st.sampled_from((1, -1)), max_size=KEPT), st.sampled_from((1, 2, 4)), st.data())
def test_any_path_in_any_order_of_delivery_ends_at_its_detents(
    steps: list[int], per_cycle: int, data: st.DataObject
) -> None:
    path = walk(steps)
    made = edges(path)
    waiting = {Contact.A: of(Contact.A, made), Contact.B: of(Contact.B, made)}
    delivered = []
    while waiting[Contact.A] and waiting[Contact.B]:
        delivered.append(waiting[data.draw(st.sampled_from(Contact))].pop(0))
    delivered += waiting[Contact.A] + waiting[Contact.B]
    assert sum(turns(Quadrature(detents_per_cycle=per_cycle), delivered)) == settled(path, 4 // per_cycle)


@given(st.lists(st.sampled_from((1, -1)), max_size=60), st.sampled_from((1, 2, 4)))
def test_in_time_each_detent_is_counted_when_it_is_reached(steps: list[int], per_cycle: int) -> None:
    path = walk(steps)
    counted = turns(Quadrature(detents_per_cycle=per_cycle), edges(path))
    for number in range(len(counted)):
        assert sum(counted[: number + 1]) == settled(path[: number + 2], 4 // per_cycle)


def test_a_level_twice_means_that_an_edge_was_lost_and_is_no_step() -> None:
    knob = Quadrature(detents_per_cycle=4)
    assert turns(knob, [(Contact.A, 0.0, True), (Contact.A, 0.1, True), (Contact.B, 0.2, True)]) == [1, 0, 1]


def test_it_begins_with_the_contacts_as_they_are() -> None:
    knob = Quadrature(detents_per_cycle=2, a=True, b=True)
    assert turns(knob, [(Contact.A, 0.0, False), (Contact.B, 0.1, False)]) == [0, 1]


def test_what_is_kept_has_a_limit() -> None:
    knob = Quadrature()
    made = edges(list(range(100 * KEPT)))
    assert sum(turns(knob, made)) == 25 * KEPT - 1
    assert len(knob._edges) == KEPT
