"""Every button of the room, pressed by a person: that it is seen, and how long its contact bounces."""

from functools import partial
from typing import Final

import trio
from gpiozero import InputDevice

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text
from drivers.gpio.config import ButtonConfig
from drivers.gpio.edges import edges_of
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed

PRESSED_WITHIN: Final = 30.0  # seconds that a person has for one button
BOUNCES_FOR: Final = 0.1  # seconds after the first edge; what comes later is another movement of the finger


async def buttons(bench: Bench) -> Finding:
    """Asks for each button in turn."""
    configured = dict(bench.config.push_buttons()) if bench.config else {}
    if not configured:
        return skipped(Text("hwtest.none_configured", table="[buttons]"))
    if not await bench.ready(Text("hwtest.buttons_now", number=len(configured))):
        return skipped(Text("hwtest.needs_person"))
    factory, figures = bench.pins(), []
    for name, config in configured.items():
        bench.say(Text("hwtest.press", name=name))
        figures += await _pressed(name, config, factory)
    return judged(figures)


async def _pressed(name: str, config: ButtonConfig, factory: Factory) -> list[Figure]:
    """Returns whether the button was seen pressed, and its bounce."""
    bounce, edges = await _bounce(config, factory)
    figures = [Figure(Text("hwtest.button_seen"), int(edges > 0), of=name, least=1)]
    if edges:
        figures.append(Figure(Text("hwtest.button_edges"), edges, of=name))
        figures.append(Figure(Text("hwtest.button_bounce"), bounce * 1000, "ms", name, most=config.debounce * 1000))
    return figures


async def _bounce(config: ButtonConfig, factory: Factory) -> tuple[float, int]:
    """Returns the seconds from the first to the last edge of a press, and the number of edges; 0, 0: no press."""
    quiets: list[float] = []  # before each edge, by the clock that stamps them

    def take(level: bool, count: int, quiet: float) -> None:  # noqa: ARG001, FBT001  # called by Edges
        quiets.append(quiet)

    with claimed("button", config.pin, partial(_input, config, factory), InputDevice.close) as device:
        listening = edges_of(device.pin, take, steady=0.0)  # each edge by itself
        try:
            with trio.move_on_after(PRESSED_WITHIN):
                await listening.heard()
            with trio.move_on_after(BOUNCES_FOR if quiets else 0):
                while True:
                    await listening.heard()
        finally:
            listening.close()
    return sum(quiets[1:]), len(quiets)


def _input(config: ButtonConfig, factory: Factory) -> InputDevice:
    pull = {"up": True, "down": False, "none": None}[config.pull]
    state = True if pull is None else None  # gpiozero wants one where there is no pull
    return InputDevice(gpio_name(config.pin), pull_up=pull, active_state=state, pin_factory=factory)


STEP = Step("buttons", Text("hwtest.buttons"), buttons, limit=600, devices=True)
