"""What hardware this machine has, what it would be used for, and what a configuration asks for in vain."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from appliance.config import Config
from drivers.errors import DeviceError, DeviceMissing
from drivers.gpio.chips import find_chips
from drivers.keypad import device as keypad
from drivers.keypad.config import KeyboardConfig
from drivers.oled.buses import find_buses, path_of
from drivers.permissions import in_the_way
from drivers.speakerphone import device as speakerphone
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.visca.lines import Found as Line
from drivers.visca.lines import find_lines
from drivers.visca.place import network_place

T = TypeVar("T")
Check = Callable[[], str]  # what is in the way of a device, empty where nothing is; or raises DeviceError saying so


class Places(msgspec.Struct, frozen=True):
    """Where devices are looked for; `ports` (device, description) are the serial lines, None: those of the system."""

    dev: Path = Path("/dev")
    hidraw: Path = speakerphone.HIDRAW
    ports: list[tuple[str, str]] | None = None


class Piece(msgspec.Struct, frozen=True):
    """Hardware that was found; `trouble` is what stands in the way of using it, empty where nothing does."""

    kind: str
    path: str
    name: str
    use: str
    trouble: str = ""


class Configured(msgspec.Struct, frozen=True):
    """A device of the configuration by its key; `missing` says why it cannot be used, empty where it is there."""

    key: str
    device: str
    missing: str


class Inventory(msgspec.Struct, frozen=True):
    """What there is; what there is nothing of, in plain words; and how the devices of the configuration are."""

    found: list[Piece]
    lacking: list[str]
    configured: list[Configured]


def take(config: Config | None, places: Places) -> Inventory:
    """Looks at everything there is, without using any of it. Blocks."""
    found: list[Piece] = []
    lacking: list[str] = []
    for look in (_chips, _buses, _keypads, _speakerphones, _lines):
        try:
            found += look(places)
        except DeviceError as error:
            lacking.append(str(error))
    return Inventory(found, lacking, list(_configured(config, places)) if config else [])


def _chips(places: Places) -> list[Piece]:
    chips = _some(find_chips(places.dev), f"no GPIO chip found: nothing like {places.dev / 'gpiochip0'}")
    return [Piece("gpio", path, "", "buttons and lamps", in_the_way(path)) for path in chips]


def _buses(places: Places) -> list[Piece]:
    buses = _some(find_buses(places.dev), f"no I2C bus found: nothing like {places.dev / 'i2c-1'} (is I2C enabled?)")
    return [Piece("i2c", path, "", "display (not probed)", in_the_way(path)) for path in buses]


def _keypads(places: Places) -> list[Piece]:
    folder = places.dev / "input"
    found = _some(keypad.find_keypads(folder), f"no keypad found: no device in {folder} has digit keys")
    use = {False: "keypad", True: "keypad, if the configuration names it (it has letters too)"}
    return [Piece("keypad", each.path, each.name, use[each.has_letters]) for each in found]


def _speakerphones(places: Places) -> list[Piece]:
    there = speakerphone.find_speakerphones(places.hidraw, places.dev)
    found = _some(there, "no speakerphone found: no USB device has telephony keys")
    use = {False: "speakerphone (it has no hook switch)", True: "speakerphone"}
    return [
        Piece("speakerphone", each.path, f"{each.name} {each.product}", use[each.has_hook], in_the_way(each.path))
        for each in found
    ]


def _lines(places: Places) -> list[Piece]:
    lines = _some(find_lines(places.dev, places.ports), "no serial line found")
    return [Piece("serial", line.path, _name(line), "joystick", in_the_way(line.path)) for line in lines]


def _name(line: Line) -> str:
    now = "" if line.path == line.device else f"(now {line.device})"
    return " ".join(word for word in (line.name, now) if word)


def _some(found: list[T], otherwise: str) -> list[T]:
    if not found:
        raise DeviceMissing(otherwise)
    return found


def _configured(config: Config, places: Places) -> Iterator[Configured]:
    for key, device, check in _asked_for(config, places):
        if config.hardware == "virtual":
            yield Configured(key, "virtual", "")
        else:
            yield Configured(key, device, _outcome(check))


def _outcome(check: Check) -> str:
    try:
        return check()
    except DeviceError as error:
        return str(error)


def _asked_for(config: Config, places: Places) -> Iterator[tuple[str, str, Check]]:
    """Every device of the configuration: its key, what it is to be, and how to see whether it is there."""
    yield from _pins(config, functools.partial(_usable_chip, places))
    for name, pad in config.keypads.items():
        yield f"keypads.{name}", pad.device, functools.partial(_keypad, pad, places)
    for name, reader in config.readers.items():
        yield f"readers.{name}", reader.device, functools.partial(_keypad, reader, places)
    for name, phone in config.speakerphones.items():
        yield f"speakerphones.{name}", phone.device, functools.partial(_speakerphone, phone, places)
    for name, line in config.joysticks.items():
        yield f"joysticks.{name}", line.port, functools.partial(_line, line.port)
    for name, camera in config.cameras.items():
        if network_place(camera.line) is None:
            yield f"cameras.{name}", camera.line, functools.partial(_line, camera.line)
    if (display := config.display) is not None:
        bus = path_of(display.bus, places.dev)
        yield "display", f"{display.address:#04x} on {bus} (not probed)", functools.partial(in_the_way, bus)


def _pins(config: Config, check: Check) -> Iterator[tuple[str, str, Check]]:
    for name, button in config.buttons.items():
        yield f"buttons.{name}", f"pin {button.pin}", check
    for name, encoder in config.encoders.items():
        yield f"encoders.{name}", f"pins {encoder.a}, {encoder.b}", check
    for name, lamp in config.lamps.items():
        yield f"lamps.{name}", f"pin {lamp.pin}", check


def _usable_chip(places: Places) -> str:
    troubles = [chip.trouble for chip in _chips(places)]
    return "" if "" in troubles else troubles[0]


def _keypad(config: KeyboardConfig, places: Places) -> str:
    keypad.locate(config, places.dev / "input")
    return ""


def _speakerphone(config: SpeakerphoneConfig, places: Places) -> str:
    return in_the_way(speakerphone.locate(config, places.hidraw, places.dev).path)


def _line(port: str) -> str:
    return in_the_way(port) or ("" if Path(port).is_char_device() else f"{port} is no serial line")
