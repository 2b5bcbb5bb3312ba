"""By when a page has to be heard of."""

import math

from appliance.kiosk.pulse import FIRST, PATIENCE, RETURN, Pulse
from appliance.kiosk.told import Settings, Told


def told(alive: int) -> Told:
    return Told(Settings(), alive, quiet=True)


def test_a_browser_has_its_time_to_start() -> None:
    pulse = Pulse(100.0)
    pulse.hear(told(7), 101.0)  # what another browser's page has said before
    pulse.hear(told(7), 150.0)
    assert pulse.due == 100.0 + FIRST


def test_a_page_that_was_alive_is_due_again_soon() -> None:
    pulse = Pulse(0.0)
    pulse.hear(told(0), 1.0)
    pulse.hear(told(1), 20.0)
    assert pulse.due == 20.0 + PATIENCE
    pulse.hear(told(1), 25.0)
    assert pulse.due == 20.0 + PATIENCE
    pulse.hear(told(2), 26.0)
    assert pulse.due == 26.0 + PATIENCE


def test_nothing_is_due_while_the_box_is_down_and_its_return_is_allowed_for() -> None:
    pulse = Pulse(0.0)
    pulse.hear(told(5), 1.0)
    pulse.hear(told(6), 200.0)
    pulse.hear(None, 205.0)
    assert pulse.due == math.inf
    pulse.hear(told(0), 400.0)  # it counts from nought again
    assert pulse.due == 400.0 + RETURN
    pulse.hear(told(1), 410.0)
    assert pulse.due == 410.0 + PATIENCE
