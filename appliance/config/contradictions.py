"""What contradicts itself in a `room.toml` although each value by itself is right."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from appliance.config.keypads import mistakes
from appliance.config.words import words_of
from appliance.language.text import Text
from appliance.room.bindings.bindings import TERMINAL
from appliance.room.show.indicators import Indicator
from appliance.terminal.config import KEPT, CredentialsError, TerminalConfig, kept, read_credentials
from drivers.gpio.header import I2C_BUSES, UART, UART_PORTS, place_of
from drivers.matching import By, Wanted, wanted

Contradiction = tuple[tuple[str, ...], Text]  # key and what is wrong


def contradictions(document: dict[str, Any], store: Path) -> Iterator[Contradiction]:
    """Everything of the kind in a document, whatever else is wrong with it; `store`: of credentials."""
    yield from _pins_used_twice(document)
    yield from _without_meaning(document)
    yield from _keyboards_of_one_name(document)
    yield from _one_device_twice(document)
    yield from _keys_of_keypads(document)
    yield from _cameras_at_one_number(document)
    yield from _no_such_camera(document)
    yield from _missing_elsewhere(document, store)


def _pins_used_twice(document: dict[str, Any]) -> Iterator[Contradiction]:
    seen = dict.fromkeys(_pins_of_the_display(document), "display")
    for table, keys in (("buttons", ("pin",)), ("encoders", ("a", "b")), ("lamps", ("pin",))):
        for (name, entry), key in itertools.product(_tables(document, table), keys):
            pin = _one_name(entry.get(key, ""))
            if pin in seen:
                yield (table, name, key), Text("mistake.pin_used", pin=str(entry[key]), by=seen[pin])
            elif pin:
                seen[pin] = f"{table}.{name}"
    if document.get("hardware") != "virtual":
        yield from _lines_on_used_pins(document, seen)


def _lines_on_used_pins(document: dict[str, Any], seen: dict[str, str]) -> Iterator[Contradiction]:
    """Serial lines of the header; cameras may share one, and nothing else may."""
    for table, key in (("joysticks", "port"), ("cameras", "line")):
        for name, entry in _tables(document, table):
            if entry.get(key) not in UART_PORTS:
                continue
            owners = [(pin, seen.setdefault(_one_name(pin), f"{table}.{name}")) for pin in UART]
            used = [(pin, owner) for pin, owner in owners if owner != f"{table}.{name}"]
            if used and not (table == "cameras" and all(owner.startswith("cameras.") for _, owner in owners)):
                pin, owner = used[0]
                yield (table, name, key), Text("mistake.line_used", line=str(entry[key]), pin=pin, by=owner)


def _pins_of_the_display(document: dict[str, Any]) -> Iterator[str]:
    display = document.get("display")
    if not isinstance(display, dict) or document.get("hardware") == "virtual":
        return
    bus = display.get("bus", 1)
    yield from map(_one_name, I2C_BUSES.get(bus, ()) if isinstance(bus, int) else ())


def _one_name(pin: object) -> str:
    """The same for all names of a pin: 17, "GPIO17", "BOARD11"."""
    try:
        return f"J8:{place_of(str(pin))}"
    except ValueError:  # not on the header, or no pin at all: what it is called must do
        return str(pin).upper().removeprefix("GPIO")


def _without_meaning(document: dict[str, Any]) -> Iterator[Contradiction]:
    known = [indicator.value for indicator in Indicator]
    for name, lamp in _tables(document, "lamps"):
        if "shows" not in lamp and name not in known:
            yield ("lamps", name), Text("mistake.shows_missing", name=name, known=", ".join(known))


def _keyboards_of_one_name(document: dict[str, Any]) -> Iterator[Contradiction]:
    keypads = {name for name, _ in _tables(document, "keypads")}
    for name, _ in _tables(document, "readers"):
        if name in keypads:
            yield ("readers", name), Text("mistake.keypad_of_that_name", name=name)


def _one_device_twice(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Paths and ports name one device; several may be meant by one name or product."""
    for kinds in (("keypads", "readers"), ("speakerphones",)):
        seen: dict[Wanted, str] = {}
        for key, entry in [((kind, name), entry) for kind in kinds for name, entry in _tables(document, kind)]:
            wish = _particular(entry.get("device"))
            if wish in seen:
                yield (*key, "device"), Text("mistake.device_used", device=entry["device"], by=seen[wish])
            elif wish is not None:
                seen[wish] = ".".join(key)


def _particular(device: object) -> Wanted | None:
    """What names one device and no other; None for all else, nonsense included."""
    try:
        wish = wanted(str(device))
    except ValueError:
        return None
    return wish if wish.by >= By.PORT else None


def _keys_of_keypads(document: dict[str, Any]) -> Iterator[Contradiction]:
    for name, keypad in _tables(document, "keypads"):
        if isinstance(keys := keypad.get("keys"), dict):
            yield from ((("keypads", name, "keys", key), why) for key, why in mistakes(keys))


def _cameras_at_one_number(document: dict[str, Any]) -> Iterator[Contradiction]:
    seen: dict[str, str] = {}
    cameras = _tables(document, "cameras")
    places: list[tuple[tuple[str, ...], dict[str, Any]]] = [(("cameras", name), camera) for name, camera in cameras]
    if isinstance(far_end := document.get("far_end"), dict) and "number" in far_end:
        places.append((("far_end",), far_end))
    for key, table in places:
        if (number := str(table.get("number", key))) in seen:
            yield (*key, "number"), Text("mistake.number_used", number=number, by=seen[number])
        seen.setdefault(number, ".".join(key))


def _no_such_camera(document: dict[str, Any]) -> Iterator[Contradiction]:
    known = [TERMINAL, *(name for name, _ in _tables(document, "cameras"))]
    if known.count(TERMINAL) > 1:
        yield ("cameras", TERMINAL), Text("mistake.terminals_camera", name=TERMINAL)
    room = document.get("room")
    places: list[tuple[tuple[str, ...], object]] = [(("room",), room)]
    places += [(("buttons", name), button) for name, button in _tables(document, "buttons")]
    for name, keypad in _tables(document, "keypads"):
        places += [(("keypads", name, "keys", key), binding) for key, binding in _tables(keypad, "keys")]
    for key, table in places:
        if isinstance(table, dict) and (name := table.get("camera", TERMINAL)) not in known:
            yield (*key, "camera"), Text("mistake.no_such_camera", name=str(name), known=", ".join(known))


def _missing_elsewhere(document: dict[str, Any], store: Path) -> Iterator[Contradiction]:
    if document.get("hardware") == "virtual" and "panel" not in document:
        yield ("hardware",), Text("mistake.virtual_needs_panel")
    try:
        read_credentials(msgspec.convert(document.get("terminal"), TerminalConfig), store)
    except msgspec.ValidationError:
        pass  # `read` has said so
    except CredentialsError as error:
        yield ("terminal", error.key), words_of(error)
    wifi = dict(_tables(document, "network")).get("wifi", {})
    try:
        if wifi.get("password") == KEPT:
            kept("wifi", store)
    except CredentialsError as error:
        yield ("network", "wifi", "password"), words_of(error)


def _tables(document: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    tables = document.get(kind)
    for name, table in tables.items() if isinstance(tables, dict) else ():
        if isinstance(table, dict):
            yield name, table
