"""Buttons, lamps and relays without a Pi: gpiozero's mock pins, with contacts to press and lamps to look at."""

from collections.abc import Callable, Mapping
from typing import Any

from gpiozero.pins.mock import MockFactory, MockPin

from drivers.gpio.config import ButtonConfig, LampConfig
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory
from drivers.outputs.config import LightConfig, RelayConfig
from drivers.presence.config import PresenceConfig

_Wiring = tuple[int | str, bool]
"""A pin as it is configured, and its level while the button is down, or the lamp lit."""


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
        self._changed = changed
        self._contacts: dict[_Wiring, _Contact] = {}
        self._bulbs: dict[_Wiring, _Bulb] = {}
        self.become(buttons, lamps, relays=relays, sensors=sensors, lights=lights)

    def become(
        self,
        buttons: Mapping[str, ButtonConfig],
        lamps: Mapping[str, LampConfig],
        *,
        relays: Mapping[str, RelayConfig] | None = None,
        sensors: Mapping[str, PresenceConfig] | None = None,
        lights: Mapping[str, LightConfig] | None = None,
    ) -> None:
        """Takes other parts; those with the same pin and level stay as they are. Nobody may have pins of the others."""
        contacts, bulbs = self._contacts, self._bulbs
        self._contacts, self._bulbs = {}, {}

        def contact(pin: int | str, level: bool) -> _Contact:  # noqa: FBT001  # a level, not a switch
            made = contacts.get((pin, level)) or _Contact(pin, level, self.factory)
            return self._contacts.setdefault((pin, level), made)

        def bulb(pin: int | str, active_high: bool) -> _Bulb:  # noqa: FBT001  # as above
            made = bulbs.get((pin, active_high)) or _Bulb(pin, self.factory, self._changed, active_high=active_high)
            return self._bulbs.setdefault((pin, active_high), made)

        self._buttons = {name: contact(each.pin, each.pressed_level) for name, each in buttons.items()}
        self._sensors = {name: contact(each.pin, each.seen_level) for name, each in (sensors or {}).items()}
        self._lamps = {name: bulb(each.pin, each.active_high) for name, each in lamps.items()}
        self._relays = {name: bulb(each.pin, each.active_high) for name, each in (relays or {}).items()}
        self._lights = {
            name: [bulb(pin, each.active_high) for pin in each.pins] for name, each in (lights or {}).items()
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


def _wired(pin: int | str, factory: Factory, pin_class: type[MockPin]) -> Any:  # noqa: ANN401  # gpiozero ships no types
    """Returns the pin; whatever was wired to it is not any more."""
    name = gpio_name(pin)
    for _header, info in factory.board_info.find_pin(name):
        factory.pins.pop(info, None)
    return factory.pin(name, pin_class=pin_class)


class _Contact:
    """The contact of a button, or the output of a sensor, wired as its configuration says."""

    def __init__(self, pin: int | str, closed_level: bool, factory: Factory) -> None:  # noqa: FBT001  # a level, not a switch
        self._pin = _wired(pin, factory, _ContactPin)
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

    def __init__(self, pin: int | str, factory: Factory, changed: Callable[[], None], *, active_high: bool) -> None:
        self._pin = _wired(pin, factory, _LampPin)
        self._pin.told = changed
        self._active_high = active_high

    @property
    def lit(self) -> bool:
        return bool(self._pin.function == "output" and self._pin.state == self._active_high)
