"""Which messages of a controller are executed, by Sony's sequence numbers."""

import pytest

from drivers.visca.wire.sony_packet import SEQUENCES
from drivers.visca.wire.sony_sequence import REMEMBERED, WINDOW, Order, Sequence

NEW, REPEATED, OVERTAKEN = Order.NEW, Order.REPEATED, Order.OVERTAKEN
HOME = bytes.fromhex("81 01 06 04 FF")
STOP = bytes.fromhex("81 01 06 01 18 14 03 03 FF")
RELATIVE = bytes.fromhex("81 01 06 03 01 01 0F 0F 0F 0F 00 00 00 01 FF")


def places(*messages: tuple[int, bytes]) -> list[Order]:
    """Where messages stand that come one right after the other."""
    sequence = Sequence()
    return [sequence.place(number, payload, 100.0) for number, payload in messages]


def test_a_message_that_comes_again_is_repeated() -> None:
    assert places((4, HOME), (5, STOP), (5, STOP), (4, HOME), (6, STOP)) == [NEW, NEW, REPEATED, REPEATED, NEW]


def test_of_a_controller_that_counts_every_repetition_is_one() -> None:
    assert places((1, HOME), (2, STOP), (2, STOP), (2, STOP)) == [NEW, NEW, REPEATED, REPEATED]
    assert places((1, HOME), (2, RELATIVE), (2, RELATIVE)) == [NEW, NEW, REPEATED]


def test_what_comes_behind_a_later_one_is_overtaken_up_to_eight_numbers() -> None:
    assert places((100, STOP), (99, HOME)) == [NEW, OVERTAKEN]
    assert places((100, STOP), (100 - REMEMBERED, HOME)) == [NEW, OVERTAKEN]
    assert places((100, STOP), (99 - REMEMBERED, HOME)) == [NEW, NEW]  # a controller that began again


def test_numbers_begin_again_after_the_highest() -> None:
    assert places((SEQUENCES - 1, HOME), (0, STOP), (SEQUENCES - 1, HOME)) == [NEW, NEW, REPEATED]
    assert places((0, STOP), (SEQUENCES - 1, HOME)) == [NEW, OVERTAKEN]


def test_eight_messages_are_remembered() -> None:
    numbers = range(1, REMEMBERED + 3)
    assert places(*((number, HOME) for number in numbers), (1, HOME))[-1] is NEW
    assert places(*((number, HOME) for number in numbers), (3, HOME))[-1] is REPEATED


@pytest.mark.parametrize(("pause", "order"), [(0.0, REPEATED), (WINDOW, REPEATED), (WINDOW + 0.1, NEW)])
def test_after_a_pause_the_same_number_is_a_new_message(pause: float, order: Order) -> None:
    sequence = Sequence()
    assert [sequence.place(number, HOME, 100.0) for number in (1, 2)] == [NEW, NEW]
    assert sequence.place(2, HOME, 100.0 + pause) is order


@pytest.mark.parametrize(
    ("messages", "orders"),
    [
        (((5, HOME), (5, STOP), (5, HOME)), [NEW, NEW, NEW]),  # a number for two messages
        (((0, HOME), (0, HOME)), [NEW, NEW]),
        (((5, RELATIVE), (5, RELATIVE)), [NEW, NEW]),
        (((5, HOME), (5, HOME), (5, HOME)), [NEW, REPEATED, NEW]),  # a third time
    ],
)
def test_a_controller_that_does_not_count_is_obeyed(
    messages: tuple[tuple[int, bytes], ...], orders: list[Order]
) -> None:
    assert places(*messages) == orders


def test_after_a_reset_a_controller_counts() -> None:
    sequence = Sequence()
    for _ in range(2):
        sequence.place(0, HOME, 100.0)
    sequence.reset()
    assert [sequence.place(number, HOME, 100.0) for number in (1, 2, 2)] == [NEW, NEW, REPEATED]
