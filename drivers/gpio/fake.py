"""Buttons, lamps and relays without a Pi: gpiozero's mock pins, with contacts to press and lamps to look at."""

from collections.abc import Callable, Mapping

from gpiozero.pins.mock import MockFactory, MockPin

from drivers.gpio.config import ButtonConfig, LampConfig
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory
from drivers.outputs.config import LightConfig, RelayConfig
from drivers.presence.config import PresenceConfig


class VirtualGpio:
    """Virtual buttons, lamps, relays and sensors; drivers use its `factory` as they use a Pi's.

    `changed` is called after the pin of a lamp or relay has changed. KeyError: there is none of that name.
    ValueError: a pin that the 40-pin header does not have.
    """

    def __init__(
        self,
        buttons: Mapping[str, ButtonConfig],
        lamps: Mapping[str, LampConfig],
        changed: Callable[[], None] = lambda: None,
        *,
        relays: Mapping[str, RelayConfig] | None = None,
        sensors: Mapping[str, PresenceConfig] | None = None,
        lights: Mapping[str, LightConfig] | None = None,
    ) -> None:
        self.factory: Factory = MockFactory()
        self._buttons = {
            name: _Contact(config.pin, config.pressed_level, self.factory) for name, config in buttons.items()
        }
        self._lamps = {name: _Bulb(config, self.factory, changed) for name, config in lamps.items()}
        self._relays = {name: _Bulb(config, self.factory, changed) for name, config in (relays or {}).items()}
        self._lights = {
            name: [_Bulb(LampConfig(pin=pin, active_high=each.active_high), self.factory, changed) for pin in each.pins]
            for name, each in (lights or {}).items()
        }
        self._sensors = {
            name: _Contact(config.pin, config.seen_level, self.factory) for name, config in (sensors or {}).items()
        }

    def press(self, name: str) -> None:
        """Presses the button and keeps it down."""
        self._buttons[name].close(closed=True)

    def release(self, name: str) -> None:
        """Releases the button."""
        self._buttons[name].close(closed=False)

    def pressed(self, name: str) -> bool:
        """Returns whether the button is down."""
        return self._buttons[name].closed

    def lamp(self, name: str) -> bool:
        """Returns whether the lamp is lit."""
        return self._lamps[name].lit

    def lamps(self) -> dict[str, bool]:
        """Returns whether each lamp is lit, by name."""
        return {name: bulb.lit for name, bulb in self._lamps.items()}

    def relays(self) -> dict[str, bool]:
        """Returns whether each relay is on, by name."""
        return {name: relay.lit for name, relay in self._relays.items()}

    def lights(self) -> dict[str, str]:
        """Returns the colour of each coloured light, by name: "#rrggbb", black where it is dark."""
        return {
            name: "#" + "".join("ff" if bulb.lit else "00" for bulb in bulbs) for name, bulbs in self._lights.items()
        }

    def sense(self, name: str, *, somebody: bool) -> None:
        """Lets a sensor see somebody, or nobody any more."""
        self._sensors[name].close(closed=somebody)

    def sensors(self) -> dict[str, bool]:
        """Returns whether each sensor sees somebody, by name."""
        return {name: sensor.closed for name, sensor in self._sensors.items()}


class _Pin(MockPin):  # type: ignore[misc]  # gpiozero ships no types
    """A pin that does not keep every level it has ever had: lamps blink for days."""

    def _change_state(self, value: bool) -> bool:  # noqa: FBT001  # gpiozero's signature
        changed: bool = super()._change_state(value)
        del self.states[:-1]
        return changed


class _ContactPin(_Pin):
    """A pin whose level is that of its contact, whatever pull a driver sets."""

    wired = False

    def _change_state(self, _value: bool) -> bool:  # noqa: FBT001  # gpiozero's signature
        return super()._change_state(self.wired)


class _Contact:
    """The contact of a button, or the output of a sensor, wired as its configuration says."""

    def __init__(self, pin: int | str, closed_level: bool, factory: Factory) -> None:  # noqa: FBT001  # a level, not a switch
        self._pin = factory.pin(gpio_name(pin), pin_class=_ContactPin)
        self._closed_level = closed_level
        self.closed = False
        self.close(closed=False)

    def close(self, *, closed: bool) -> None:
        self.closed = closed
        level = self._closed_level if closed else not self._closed_level
        self._pin.wired = level
        (self._pin.drive_high if level else self._pin.drive_low)()


class _LampPin(_Pin):
    """A pin that calls `told` after its level has changed."""

    told: Callable[[], None]

    def _change_state(self, value: bool) -> bool:  # noqa: FBT001  # gpiozero's signature
        changed = super()._change_state(value)
        if changed:
            self.told()
        return changed


class _Bulb:
    """A lamp or relay, lit or on while a driver drives its pin to the active level."""

    def __init__(self, config: LampConfig | RelayConfig, factory: Factory, changed: Callable[[], None]) -> None:
        self._pin = factory.pin(gpio_name(config.pin), pin_class=_LampPin)
        self._pin.told = changed
        self._active_high = config.active_high

    @property
    def lit(self) -> bool:
        return bool(self._pin.function == "output" and self._pin.state == self._active_high)
