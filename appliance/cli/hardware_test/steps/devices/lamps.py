"""Every lamp and light of the room, lit one after the other, and seen by a person or read back through a jumper.

Relays are not switched: nobody knows here what hangs on them.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Final

import trio
from gpiozero import LED, InputDevice

from appliance.cli.hardware_test.bench import Bench, parts
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text
from drivers.gpio.config import LampConfig
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed

SETTLED: Final = 0.05  # seconds; a pin and a wire need microseconds


async def lamps(bench: Bench) -> Finding:
    """Lights each, and leaves it dark."""
    configured = dict(bulbs(bench))
    if not configured:
        return skipped(Text("hwtest.none_configured", table="[lamps]"))
    if not bench.options.attended and not any(_reader(bench, bulb) for bulb in configured.values()):
        return skipped(Text("hwtest.needs_person"))
    factory = bench.pins()
    answers = {name: await _lit(name, bulb, bench, factory) for name, bulb in configured.items()}
    return finding(answers)


def finding(answers: dict[str, bool | None]) -> Finding:
    """Returns what was seen of each lamp; None: nobody was sure."""
    sure = {name: lit for name, lit in answers.items() if lit is not None}
    figures = [Figure(Text("hwtest.lamp_lit"), int(lit), of=name, least=1) for name, lit in sure.items()]
    if not sure:
        return skipped(Text("hwtest.nobody_sure"))
    unsure = ", ".join(name for name in answers if name not in sure)
    return judged(figures, Text("hwtest.unsure_of", names=unsure) if unsure else Text())


def bulbs(bench: Bench) -> Iterator[tuple[str, LampConfig]]:
    """Yields all lamps, and each colour of the lights, by name."""
    yield from parts(bench.config, "lamps").items()
    for name, light in parts(bench.config, "lights").items():
        for colour, pin in zip(("red", "green", "blue"), light.pins, strict=True):
            yield f"{name} {colour}", LampConfig(pin=pin, active_high=light.active_high)


async def _lit(name: str, bulb: LampConfig, bench: Bench, factory: Factory) -> bool | None:
    """Returns whether the lamp lights and goes out; None: nobody was sure."""
    opener = partial(LED, gpio_name(bulb.pin), active_high=bulb.active_high, pin_factory=factory)
    with ExitStack() as stack:
        led = stack.enter_context(claimed(f"lamp {name!r}", bulb.pin, opener, _dark))
        reader = _reader(bench, bulb)
        if reader is None:
            led.on()
            return await bench.saw(Text("hwtest.is_lit", name=name, pin=gpio_name(bulb.pin)))
        opened = partial(InputDevice, gpio_name(reader), pull_up=False, pin_factory=factory)
        pin = stack.enter_context(claimed("input", reader, opened, InputDevice.close)).pin
        levels = [await _level(led, pin, on=on) for on in (True, False)]
    return levels == [bulb.active_high, not bulb.active_high]


async def _level(led: LED, pin: object, *, on: bool) -> bool:
    led.value = on
    await trio.sleep(SETTLED)
    return bool(pin.state)  # type: ignore[attr-defined]  # gpiozero ships no types


def _reader(bench: Bench, bulb: LampConfig) -> int | str | None:
    """Returns the input that a jumper connects with the lamp's pin."""
    pairs = {gpio_name(jumper.out): jumper.into for jumper in bench.options.jumpers}
    return pairs.get(gpio_name(bulb.pin))


def _dark(led: LED) -> None:
    try:
        led.off()
    finally:
        led.close()


STEP = Step("lamps", Text("hwtest.lamps"), lamps, limit=600, devices=True)
