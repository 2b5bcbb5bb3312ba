"""Pins that the 40-pin header does not have, or not so, and pins that two tables of a `room.toml` want."""

from collections.abc import Iterator
from typing import Any

from appliance.config.document import Contradiction, tables
from appliance.language.text import Text
from drivers.gpio.header import I2C_BUSES, UART, UART_PORTS, place_of, spi_pins

_PULLED_UP = tuple(map(place_of, I2C_BUSES[1]))
"""Places of GPIO2 and GPIO3: every board has pull-ups of 1.8 kΩ there, for the I2C bus."""

_OF_THE_DISPLAY = ("dc_pin", "reset_pin", "backlight_pin")
_KEYS = {
    "buttons": ("pin",),
    "encoders": ("a", "b", "press_pin"),
    "lamps": ("pin",),
    "lights": ("red", "green", "blue"),
    "relays": ("pin",),
    "presence": ("pin",),
}


def pin_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields every pin that cannot be used as configured."""
    seen = dict.fromkeys(_pins_of_the_display(document), "display") | _pins_of_bars(document)
    for key, pin in _pins(document):
        place = _place(pin)
        if place is None:
            yield key, Text("mistake.pin_not_on_header", pin=str(pin))
        elif place in seen:
            yield key, Text("mistake.pin_used", pin=str(pin), by=seen[place])
        else:
            seen[place] = ".".join(key[:2])
    yield from _pulled_up_by_the_board(document)
    if document.get("hardware") != "virtual":
        yield from _lines_on_used_pins(document, seen)


def _pins(document: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], int | str]]:
    """Yields the key and the value of each pin that is a number or a name; the schema has refused all else."""
    if isinstance(display := document.get("display"), dict):
        yield from ((("display", key), display[key]) for key in _OF_THE_DISPLAY if _is_pin(display.get(key)))
    for table, keys in _KEYS.items():
        for name, entry in tables(document, table):
            yield from (((table, name, key), entry[key]) for key in keys if _is_pin(entry.get(key)))


def _is_pin(value: object) -> bool:
    return (type(value) is int and value >= 0) or (isinstance(value, str) and bool(value))


def _pulled_up_by_the_board(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields buttons that want another pull of a pin than the resistor that the board has on it."""
    for name, button in tables(document, "buttons"):
        if _place(button.get("pin", "")) in _PULLED_UP and button.get("pull") in ("down", "none"):
            yield ("buttons", name, "pull"), Text("mistake.pin_pulled_up", pin=str(button["pin"]))


def _lines_on_used_pins(document: dict[str, Any], seen: dict[int, str]) -> Iterator[Contradiction]:
    """Yields serial lines of the header whose pins are used; cameras may share one, and nothing else may."""
    for table, key in (("joysticks", "port"), ("cameras", "line"), ("screens", "line")):
        for name, entry in tables(document, table):
            if entry.get(key) not in UART_PORTS:
                continue
            owners = [(pin, seen.setdefault(place_of(pin), f"{table}.{name}")) for pin in UART]
            used = [(pin, owner) for pin, owner in owners if owner != f"{table}.{name}"]
            if used and not (table == "cameras" and all(owner.startswith("cameras.") for _, owner in owners)):
                pin, owner = used[0]
                yield (table, name, key), Text("mistake.line_used", line=str(entry[key]), pin=pin, by=owner)


def _pins_of_the_display(document: dict[str, Any]) -> Iterator[int]:
    display = document.get("display")
    if not isinstance(display, dict) or document.get("hardware") == "virtual":
        return
    bus, spi = display.get("bus", 1), display.get("spi")
    i2c = I2C_BUSES.get(bus, ()) if isinstance(bus, int) and spi is None else ()
    yield from map(place_of, (spi_pins(str(spi)) or ()) if spi is not None else i2c)


def _pins_of_bars(document: dict[str, Any]) -> dict[int, str]:
    """Returns the places of clock, data and select line: the bus drives all three, whatever of them the bar needs."""
    if document.get("hardware") == "virtual":
        return {}
    bars = ((f"bars.{name}", str(bar.get("spi", "0.0"))) for name, bar in tables(document, "bars"))
    return {place_of(pin): name for name, device in bars for pin in spi_pins(device) or ()}


def _place(pin: object) -> int | None:
    """Returns the place on the header, the same for all names of a pin: 17, "GPIO17", "BOARD11"."""
    try:
        return place_of(str(pin))
    except ValueError:
        return None
