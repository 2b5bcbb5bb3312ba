"""All steps, in the order in which they are tried: the program, its list and the check-list of the documentation.

What needs nobody comes first, then what a person connects and presses, then what is only asked; what restarts the box
is last.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from appliance.cli.hardware_test.step import Step
from appliance.cli.hardware_test.steps import by_hand
from appliance.cli.hardware_test.steps.box import (
    board,
    card_speed,
    header,
    heat,
    memory,
    partition,
    slots,
    start,
    watchdog,
)
from appliance.cli.hardware_test.steps.devices import (
    buttons,
    display,
    edges,
    keypad,
    lamps,
    serial_loop,
    speakerphone,
    visca,
)
from appliance.cli.hardware_test.steps.network import ethernet, wifi

STEPS: Final[Sequence[Step]] = (
    board.STEP,
    start.STEP,
    slots.STEP,
    header.STEP,
    memory.STEP,
    partition.STEP,
    card_speed.STEP,
    heat.STEP,
    ethernet.STEP,
    edges.STEP,
    serial_loop.STEP,
    display.STEP,
    lamps.STEP,
    buttons.STEP,
    keypad.STEP,
    speakerphone.STEP,
    visca.STEP,
    wifi.STEP,
    *by_hand.STEPS,
    watchdog.STEP,
)


def chosen(names: Iterable[str]) -> list[Step]:
    """Returns the steps of these names in the order of `STEPS`; all of them where none is named.

    Raises ValueError: when there is no such step; it says which there are.
    """
    wanted = set(names)
    if unknown := wanted - {step.name for step in STEPS}:
        known = ", ".join(step.name for step in STEPS)
        raise ValueError(f"no step {', '.join(sorted(unknown))}; expected {known}")
    return [step for step in STEPS if not wanted or step.name in wanted]
