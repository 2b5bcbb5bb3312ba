"""gpiozero's devices on the kernel's lines."""

import errno

import pytest
from gpiozero import LED, InputDevice
from gpiozero.exc import PinFixedPull, PinInvalidFunction, PinInvalidPull, PinInvalidState, PinSetInput

from drivers.gpio.kernel.abi import LINES_MAX, Flags, config, request
from drivers.gpio.kernel.factory import KernelFactory
from drivers.gpio.kernel.lines import KEPT, Lines, LinesTaken
from tests.drivers.gpio.kernel.chip import INPUT, OUTPUT, PULLS, KernelChip


@pytest.mark.parametrize(("pull_up", "pull"), [(True, "up"), (False, "down"), (None, "none")])
def test_an_input_is_requested_with_its_pull_and_read(
    pull_up: bool | None,  # gpiozero's parameter
    pull: str,
    pins: KernelFactory,
    chip: KernelChip,
) -> None:
    active = True if pull_up is None else None
    with InputDevice("GPIO17", pull_up=pull_up, active_state=active, pin_factory=pins) as device:
        asked = chip.holder(17)
        assert asked.flags == INPUT | PULLS[pull]
        assert (asked.consumer, asked.kept) == ("offhook", KEPT)
        for high in (False, True):
            chip.levels[17] = high
            assert device.pin.state is high
    assert chip.requested == {}


@pytest.mark.parametrize("active_high", [True, False])
def test_a_lamp_is_dark_from_the_first_moment(
    active_high: bool,  # gpiozero's parameter
    pins: KernelFactory,
    chip: KernelChip,
) -> None:
    with LED("GPIO5", active_high=active_high, pin_factory=pins) as led:
        assert chip.holder(5).flags == OUTPUT
        assert chip.written == [(5, not active_high)], "one write: no blink at the start"
        led.on()
        assert chip.levels[5] is active_high
        assert led.value == 1
        led.off()
        assert chip.levels[5] is not active_high


def test_a_pin_can_be_used_again_and_begins_anew(pins: KernelFactory, chip: KernelChip) -> None:
    LED("GPIO5", pin_factory=pins).close()
    with InputDevice("GPIO5", pull_up=True, pin_factory=pins):
        assert chip.holder(5).flags == INPUT | PULLS["up"]


def test_a_line_of_somebody_else_is_refused_with_the_name_of_who_has_it(pins: KernelFactory, chip: KernelChip) -> None:
    chip.others[17] = "gpioset"
    with pytest.raises(LinesTaken, match=r"^line 17 is in use by gpioset$"):
        InputDevice("GPIO17", pull_up=True, pin_factory=pins)


@pytest.mark.parametrize("name", ["", "spi0 CS0"])
def test_the_kernel_itself_may_have_it_without_a_name(name: str, pins: KernelFactory, chip: KernelChip) -> None:
    chip.others[8] = name
    with pytest.raises(LinesTaken, match=f"^line 8 is in use by {name or 'the kernel'}$"):
        Lines(pins.descriptor, [7, 8], Flags.INPUT)


def test_other_failures_are_the_systems_own(pins: KernelFactory, chip: KernelChip) -> None:
    chip.failure = errno.ENODEV
    with pytest.raises(OSError, match="No such device"):
        InputDevice("GPIO17", pull_up=True, pin_factory=pins)
    chip.failure = 0


def test_what_gpiozero_refuses_is_refused_in_its_own_errors(pins: KernelFactory) -> None:
    pin = pins.pin("GPIO17")
    with pytest.raises(PinInvalidFunction, match="expected input or output"):
        pin.function = "spi"
    with pytest.raises(PinInvalidPull, match="expected up, down, floating"):
        pin.pull = "sideways"
    with pytest.raises(PinSetInput):
        pin.state = 1
    pin.function = "output"
    with pytest.raises(PinFixedPull, match="output"):
        pin.pull = "up"
    with pytest.raises(PinInvalidState, match=r"0\.5"):
        pin.state = 0.5
    with pytest.raises(PinFixedPull, match="resistor"):
        pins.pin("GPIO2").pull = "down"
    assert (pin.function, pin.pull, pins.pin("GPIO2").function) == ("output", "floating", "input")
    pin.close()


def test_the_chip_is_given_back_with_all_its_lines(chip: KernelChip) -> None:
    factory = KernelFactory(0)
    LED("GPIO5", pin_factory=factory)
    factory.close()
    factory.close()
    assert chip.requested == {}


def test_a_request_has_room_for_all_its_lines_and_a_consumer_that_fits() -> None:
    wanted = request(
        range(LINES_MAX), config(Flags.INPUT), consumer="a name that is far too long for its field", events=1
    )
    assert len(wanted) == 592
    assert b"a name that is far too long for\0" in wanted
