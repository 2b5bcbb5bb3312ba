"""A relay has its level from the first moment, is left safe, and says when it cannot be driven."""

import pytest
import trio
from gpiozero import LED
from gpiozero.pins.mock import MockFactory

from drivers.errors import DeviceLost, DeviceMissing
from drivers.gpio.pins import Factory
from drivers.outputs.config import RelayConfig
from drivers.outputs.relay import relay
from tests.virtual_time import real


@pytest.fixture
def factory() -> Factory:
    return MockFactory()


@pytest.mark.parametrize("active_high", [True, False])
@pytest.mark.parametrize("safe", ["off", "on"])
def test_it_is_safe_from_the_first_moment_and_in_the_end(factory: Factory, active_high: bool, safe: str) -> None:
    config = RelayConfig(pin=17, active_high=active_high, safe=safe)  # type: ignore[arg-type]
    pin = factory.pin(17)
    with relay("lights", config, factory) as lights:
        assert (pin.function, pin.state) == ("output", config.safe_level)
        assert lights.on is (safe == "on")
        assert lights.switch(on=safe != "on")
        assert pin.state is not config.safe_level
    written = [each.state for each in pin.states if each.state is not None]
    assert written[-1] == config.safe_level


def test_a_level_that_it_has_is_not_written_again(factory: Factory) -> None:
    pin = factory.pin(17)
    with relay("lights", RelayConfig(pin=17), factory) as lights:
        written = len(pin.states)
        assert lights.switch(on=False)
        assert len(pin.states) == written


def test_a_pin_in_use_is_missing_and_named(factory: Factory) -> None:
    with (
        LED(17, pin_factory=factory),
        pytest.raises(DeviceMissing, match=r"relay 'lights': pin 17 .* in use"),
        relay("lights", RelayConfig(pin=17), factory),
    ):
        pass


async def test_one_that_cannot_be_driven_any_more_is_lost(factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    with relay("lights", RelayConfig(pin=17), factory) as lights:
        monkeypatch.setattr(factory.pin(17), "_set_state", unplugged)
        assert not lights.switch(on=True)
        assert not lights.on
        with (
            pytest.raises(DeviceLost, match=r"relay 'lights': .*GPIO17.* cannot be driven: unplugged"),
            trio.fail_after(real(1)),
        ):
            await lights.until_lost()
        assert not lights.switch(on=True), "nothing is tried again"


def unplugged(_value: float) -> None:
    raise OSError("unplugged")
