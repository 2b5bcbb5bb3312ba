"""A timer beside a thread that looks at the largest configuration: how late the event loop is for it."""

from functools import partial

import trio

from appliance.language.catalogue import ENGLISH
from appliance.maintain.editing import Draft
from appliance.run.editing.looked import looked
from appliance.runtime.switching import give_way
from tests.bench.figures import Samples
from tests.config.edit.large import LARGE

EVERY = 0.01  # seconds between two turns that the timer wants


async def beside_a_large_text(count: int, samples: Samples) -> None:
    """Adds to `late_beside_large_text` the seconds that the timer was late at most, once for each of `count` looks."""
    give_way()
    look = partial(looked, LARGE, Draft("", LARGE), ENGLISH)
    for number in range(count + 1):
        late = list[float]()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_timer, late)
            await trio.to_thread.run_sync(look)
            nursery.cancel_scope.cancel()
        if number:  # else all code runs for the first time
            samples.setdefault("late_beside_large_text", []).append(max(late, default=0.0))


async def _timer(late: list[float]) -> None:
    while True:
        due = trio.current_time() + EVERY
        await trio.sleep_until(due)
        late.append(trio.current_time() - due)
