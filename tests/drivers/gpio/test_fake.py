from typing import Literal

import pytest
from gpiozero import LED, Button

from drivers.gpio.config import ButtonConfig, LampConfig
from drivers.gpio.fake import VirtualGpio


@pytest.mark.parametrize("pull", ["up", "down"])
def test_finger_moves_the_level_a_driver_reads(pull: Literal["up", "down"]) -> None:
    gpio = VirtualGpio({"call": ButtonConfig(pin=17, pull=pull)}, {})
    gpio.press("call")
    with Button(17, pull_up=pull == "up", pin_factory=gpio.factory) as button:
        assert button.is_pressed, "the finger was there before the driver"
        assert gpio.pressed("call")
        gpio.release("call")
        assert not button.is_pressed
        assert not gpio.pressed("call")


@pytest.mark.parametrize("active_high", [True, False])
def test_lamp_is_lit_while_driven_to_its_active_level(active_high: bool) -> None:
    seen: list[bool] = []
    gpio = VirtualGpio({}, {"link": LampConfig(pin=5, active_high=active_high)}, lambda: seen.append(gpio.lamp("link")))
    assert gpio.lamps() == {"link": False}
    with LED(5, active_high=active_high, pin_factory=gpio.factory) as led:
        assert not gpio.lamp("link")
        led.on()
        assert gpio.lamp("link")
        led.off()
        assert not gpio.lamp("link")
    assert seen[-2:] == [True, False]


def test_pins_keep_no_history_however_long_a_lamp_blinks() -> None:
    gpio = VirtualGpio({"call": ButtonConfig(pin=17)}, {"link": LampConfig(pin=5)})
    with LED(5, pin_factory=gpio.factory) as led:
        for _ in range(100):
            led.toggle()
            gpio.press("call")
            gpio.release("call")
    assert [len(pin.states) for pin in gpio.factory.pins.values()] == [1, 1]


def test_unknown_names_are_errors() -> None:
    gpio = VirtualGpio({}, {})
    for ask in (gpio.press, gpio.release, gpio.pressed, gpio.lamp):
        with pytest.raises(KeyError, match="nope"):
            ask("nope")
