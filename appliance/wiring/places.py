"""What of a room goes to which place of the 40-pin header."""

from collections.abc import Iterator

import msgspec

from appliance.config.schema import Button, Config, Display, Encoder, Relay
from appliance.config.tables.signs import Lamp, Light
from appliance.language.text import Text, verbatim
from drivers.gpio.header import I2C_BUSES, PLACES, UART, UART_PORTS, nearest, place_of, spi_pins
from drivers.presence.config import PresenceConfig


class Wire(msgspec.Struct, frozen=True, order=True):
    """One wire. `place`: 1 to 40. `key`: the configuration's table. `kind`: for the picture's colours."""

    place: int
    key: str
    kind: str
    what: Text

    @property
    def signal(self) -> str:
        """The signal of the header there: "GPIO17", "GND"."""
        return PLACES[self.place - 1]


class Wiring(msgspec.Struct, frozen=True):
    """All wires in the order of places, and what cannot be wired as configured."""

    name: str
    wires: tuple[Wire, ...]
    wrong: tuple[Text, ...]


def wiring(config: Config) -> Wiring:
    """Returns where this room's buttons, lamps, display and serial line go."""
    wires = [wire for key, part in _parts(config) for wire in _of_part(key, part)]
    wrong: list[Text] = []
    if config.display is not None:
        wires += _on_spi(config.display) if config.display.spi else _on_i2c(config.display)
        wrong += _without_pins(config.display)
    lines = {f"joysticks.{name}": joystick.port for name, joystick in config.joysticks.items()}
    lines |= {f"screens.{name}": screen.line for name, screen in config.screens.items()}
    lines |= {f"cameras.{name}": camera.line for name, camera in config.cameras.items()}
    first = next((key for key, line in lines.items() if line in UART_PORTS), None)  # cameras may share the line
    wires += _serial(first) if first else ()
    return Wiring(config.room.name, tuple(sorted(wires)), tuple(wrong))


Part = Button | Encoder | Lamp | Light | Relay | PresenceConfig


def _parts(config: Config) -> Iterator[tuple[str, Part]]:
    yield from ((f"buttons.{name}", button) for name, button in config.buttons.items())
    yield from ((f"encoders.{name}", encoder) for name, encoder in config.encoders.items())
    yield from ((f"lamps.{name}", lamp) for name, lamp in config.lamps.items())
    yield from ((f"lights.{name}", light) for name, light in config.lights.items())
    yield from ((f"relays.{name}", relay) for name, relay in config.relays.items())
    yield from ((f"presence.{name}", sensor) for name, sensor in config.presence.items())


def _of_part(key: str, part: Part) -> list[Wire]:
    match part:
        case Button():
            return list(_button(key, part))
        case Encoder():
            return list(_encoder(key, part))
        case Lamp():
            return list(_lamp(key, part))
        case Light():
            return list(_light(key, part))
        case Relay():
            return list(_board(key, part.pin, "lamp", (Text("wiring.relay"), Text("wiring.relay_ground"))))
        case PresenceConfig():
            return list(_board(key, part.pin, "button", (Text("wiring.presence"), Text("wiring.presence_ground"))))


def _light(key: str, light: Light) -> Iterator[Wire]:
    pins = {"colour.red": light.red, "colour.green": light.green, "colour.blue": light.blue}
    for colour, pin in pins.items():
        yield Wire(place_of(pin), key, "lamp", Text("wiring.light", colour=Text(colour)))
    supply = "GND" if light.active_high else "3V3"
    yield Wire(nearest(supply, place_of(light.red)), key, "supply", Text("wiring.light_common"))


def _board(key: str, pin: int | str, kind: str, what: tuple[Text, Text]) -> Iterator[Wire]:
    """Yields the signal and the ground of a board that has a supply of its own."""
    yield Wire(place_of(pin), key, kind, what[0])
    yield Wire(nearest("GND", place_of(pin)), key, "supply", what[1])


def _encoder(key: str, encoder: Encoder) -> Iterator[Wire]:
    a, b = place_of(encoder.a), place_of(encoder.b)
    yield Wire(a, key, "button", Text("wiring.contact_a"))
    yield Wire(b, key, "button", Text("wiring.contact_b"))
    yield Wire(nearest("GND", a), key, "supply", Text("wiring.common_contact"))
    if (button := encoder.button()) is not None:
        yield from _button(key, button)


def _button(key: str, button: Button) -> Iterator[Wire]:
    place = place_of(button.pin)
    # a contact that opens when it is pressed rests at the other level
    resting_high = button.pull == "up" or (button.pull == "none" and not button.pressed_level)
    other = "GND" if resting_high else "3V3"
    if button.pull == "none":
        what = Text("wiring.button_pull_up") if resting_high else Text("wiring.button_pull_down")
    else:
        what = Text("wiring.button_opens") if button.pressed_level == resting_high else Text("wiring.button")
    yield Wire(place, key, "button", what)
    yield Wire(nearest(other, place), key, "supply", Text("wiring.button_other"))


def _lamp(key: str, lamp: Lamp) -> Iterator[Wire]:
    place = place_of(lamp.pin)
    if lamp.active_high:
        yield Wire(place, key, "lamp", Text("wiring.anode_resistor"))
        yield Wire(nearest("GND", place), key, "supply", Text("wiring.cathode"))
    else:
        yield Wire(place, key, "lamp", Text("wiring.cathode_resistor"))
        yield Wire(nearest("3V3", place), key, "supply", Text("wiring.anode"))


def _without_pins(display: Display) -> Iterator[Text]:
    if display.spi is None and display.bus not in I2C_BUSES:
        yield Text("wiring.no_pins_of_bus", bus=display.bus)
    if display.spi is not None and spi_pins(display.spi) is None:
        yield Text("wiring.no_pins_of_spi", device=display.spi)


def _on_spi(display: Display) -> Iterator[Wire]:
    clock, data, select = spi_pins(display.spi or "") or (None, None, None)
    lines: dict[str, int | str | None] = {"SCK (CLK, SCL)": clock, "MOSI (DIN, SDA)": data, "CS": select}
    lines |= {"D/C": display.dc_pin, "RES": display.reset_pin, "BL": display.backlight_pin}
    wires = [
        Wire(place_of(pin), "display", "display", verbatim(what)) for what, pin in lines.items() if pin is not None
    ]
    yield from wires
    yield Wire(nearest("3V3", wires[0].place), "display", "supply", verbatim("VCC (3.3 V)"))
    yield Wire(nearest("GND", wires[0].place), "display", "supply", verbatim("GND"))


def _on_i2c(display: Display) -> Iterator[Wire]:
    bus = display.bus
    if display.reset_pin is not None:
        yield Wire(place_of(display.reset_pin), "display", "display", verbatim("RES"))
    if bus not in I2C_BUSES:
        return
    for pin, what in zip(I2C_BUSES[bus], ("SDA", "SCL"), strict=True):
        yield Wire(place_of(pin), "display", "display", verbatim(what))
    place = place_of(I2C_BUSES[bus][0])
    yield Wire(nearest("3V3", place), "display", "supply", verbatim("VCC (3.3 V)"))
    yield Wire(nearest("GND", place_of(I2C_BUSES[bus][1])), "display", "supply", verbatim("GND"))


def _serial(key: str) -> Iterator[Wire]:
    for pin, what in zip(UART, (Text("wiring.transmit"), Text("wiring.receive")), strict=True):
        yield Wire(place_of(pin), key, "serial", what)
    yield Wire(nearest("GND", place_of(UART[1])), key, "supply", Text("wiring.level_ground"))
