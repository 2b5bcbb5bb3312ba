"""Whether days leave anything behind."""

from tests.e2e.month.play import Judged

SETTLED = 2  # days after which everything that is filled once has been filled


def flat(judged: list[Judged]) -> str:
    """Returns what has grown from the second day on more than days may leave; empty where nothing has."""
    days = len(judged) - SETTLED
    return judged[-1].left.grown_too_much(judged[SETTLED - 1].left, days) if days > 0 else ""
