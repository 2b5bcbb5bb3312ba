"""What waits for its turn, what is left out, and that nobody is lied to about it."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.hooks.waiting import MOST, STALE, Waiting
from appliance.room.happened import Event


def event(detail: str) -> Event:
    return Event(kind="button", event_type="pressed", detail=detail, id=detail)


def test_in_order_with_numbers() -> None:
    waiting = Waiting()
    for name in "ab":
        waiting.put(event(name), 0)
    taken = [waiting.next(1), waiting.next(1)]
    assert [(each.event.detail, each.number) for each in taken if each] == [("a", 1), ("b", 2)]
    assert waiting.next(1) is None
    assert waiting.lost == 0


def test_the_oldest_is_left_out_where_there_are_too_many() -> None:
    waiting = Waiting()
    for number in range(MOST + 3):
        waiting.put(event(str(number)), 0)
    first = waiting.next(0)
    assert first is not None
    assert (first.number, waiting.lost) == (4, 3)


def test_what_is_stale_is_left_out() -> None:
    waiting = Waiting()
    waiting.put(event("old"), 0)
    waiting.put(event("new"), 1)
    entry = waiting.next(STALE)
    assert entry is not None
    assert (entry.event.detail, entry.until, waiting.lost) == ("new", STALE + 1, 1)


@given(st.lists(st.sampled_from(["put", "take", "give up", "wait"])))
def test_every_event_arrives_or_is_counted(steps: list[str]) -> None:
    waiting, now, put, arrived, told = Waiting(), 0.0, 0, 0, 0
    for step in steps:
        if step == "put":
            waiting.put(event("x"), now)
            put += 1
        elif step == "wait":
            now += STALE / 3
        elif (waiting.next(now)) is not None:
            if step == "give up":
                waiting.given_up()
            else:
                arrived, told = arrived + 1, told + waiting.lost
                waiting.taken(waiting.lost)
    while waiting.next(now) is not None:
        arrived += 1
    assert put == arrived + told + waiting.lost
