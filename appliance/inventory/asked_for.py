"""Whether the devices that a configuration asks for are there, and which of several each would be."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from appliance.config.schema import Config
from appliance.config.tables.keypads import Keypad
from appliance.inventory.machine import Places, header
from drivers import spi
from drivers.claims import Claim
from drivers.errors import DeviceError
from drivers.keypad import device as keypad
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.modifiers import reachable
from drivers.matching import wanted
from drivers.oled import buses
from drivers.oled.config import OledConfig
from drivers.permissions import in_the_way
from drivers.speakerphone import device as speakerphone
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.visca.line.address import parse_network_address


class Outcome(msgspec.Struct, frozen=True):
    """Why a device cannot be used, empty where it can; and which it is, where the configuration leaves that open."""

    missing: str = ""
    path: str = ""


class Configured(msgspec.Struct, frozen=True):
    """A device of the configuration by its key, and what is with it: see `Outcome`."""

    key: str
    device: str
    missing: str = ""
    path: str = ""


Check = Callable[[], Outcome]  # or raises DeviceError saying what is in the way
Asked = tuple[str, str, Check]  # key, what it is to be, and how to see whether it is there


def configured(config: Config, places: Places) -> list[Configured]:
    """Looks for every device of a configuration, without using any. Blocks."""
    if config.hardware == "virtual":
        return [Configured(key, "virtual") for key, _, _ in _asked_for(config, places)]
    found = [(key, device, _outcome(check)) for key, device, check in _asked_for(config, places)]
    return [Configured(key, device, outcome.missing, outcome.path) for key, device, outcome in found]


def _outcome(check: Check) -> Outcome:
    try:
        return check()
    except DeviceError as error:
        return Outcome(str(error))


def _asked_for(config: Config, places: Places) -> Iterator[Asked]:
    yield from _pins(config, partial(_usable_chip, places))
    yield from _claimed(config, places)
    for name, screen in config.screens.items():
        yield f"screens.{name}", screen.line, partial(_line, screen.line)
    for name, bar in config.bars.items():
        path = spi.path_of(bar.spi, places.dev)
        yield f"bars.{name}", path, partial(_usable_file, path)
    for name, line in config.joysticks.items():
        yield f"joysticks.{name}", line.port, partial(_line, line.port)
    for name, camera in config.cameras.items():
        if parse_network_address(camera.line) is None:
            yield f"cameras.{name}", camera.line, partial(_line, camera.line)
    if (display := config.display) is not None:
        yield _display(display, places)


def _usable_file(path: str) -> Outcome:
    return Outcome(in_the_way(Path(path)))


def _pins(config: Config, check: Check) -> Iterator[Asked]:
    for name, button in config.buttons.items():
        yield f"buttons.{name}", f"pin {button.pin}", check
    for name, encoder in config.encoders.items():
        pins = [str(pin) for pin in (encoder.a, encoder.b, encoder.press_pin) if pin is not None]
        yield f"encoders.{name}", f"pins {', '.join(pins)}", check
    for name, lamp in config.lamps.items():
        yield f"lamps.{name}", f"pin {lamp.pin}", check
    for name, light in config.lights.items():
        yield f"lights.{name}", f"pins {light.red}, {light.green}, {light.blue}", check
    for name, relay in config.relays.items():
        yield f"relays.{name}", f"pin {relay.pin}", check
    for name, sensor in config.presence.items():
        yield f"presence.{name}", f"pin {sensor.pin}", check


def _display(display: OledConfig, places: Places) -> Asked:
    if display.spi is None:
        bus = buses.path_of(display.bus, places.dev)
        line = "" if display.reset_pin is None else f", pin {display.reset_pin}"
        return "display", f"{display.address:#04x} on {bus} (not probed){line}", lambda: Outcome(in_the_way(bus))
    path = spi.path_of(display.spi, places.dev)
    pins = [str(pin) for pin in (display.dc_pin, display.reset_pin, display.backlight_pin) if pin is not None]
    what = f"{path} (not probed), pin{'s' if len(pins) > 1 else ''} {', '.join(pins)}"
    return "display", what, lambda: Outcome(in_the_way(path) or header(places).trouble)


def _claimed(config: Config, places: Places) -> Iterator[Asked]:
    """What no two entries share; who names one more particularly looks first, as it comes to be in time."""
    phones, keyboards = config.phones(), config.keyboards()
    asked: list[Asked] = []
    for name, phone in config.speakerphones.items():
        asked.append((f"speakerphones.{name}", phone.device, partial(_speakerphone, phone, phones.claim(name), places)))
    for name, pad in config.keypads.items():
        asked.append((f"keypads.{name}", pad.device, partial(_keypad, pad, keyboards.claim(name), places)))
    for name, reader in config.readers.items():
        asked.append((f"readers.{name}", reader.device, partial(_keyboard, reader, keyboards.claim(name), places)))
    yield from sorted(asked, key=lambda each: wanted(each[1]).by, reverse=True)


def _usable_chip(places: Places) -> Outcome:
    chip = header(places)
    return Outcome(chip.trouble, chip.path)


def _keyboard(config: KeyboardConfig, claim: Claim, places: Places) -> Outcome:
    return Outcome(path=keypad.locate(config, claim, places.dev / "input", places.inputs).path)


def _keypad(config: Keypad, claim: Claim, places: Places) -> Outcome:
    found = keypad.locate(config, claim, places.dev / "input", places.inputs)
    codes = frozenset().union(*(node.keys for node in found.nodes))
    lacking = sorted(config.own_names() - reachable(codes, config.keymap()))
    return Outcome(f"{found.path} ({found.name}) has no key {', '.join(lacking)}" if lacking else "", found.path)


def _speakerphone(config: SpeakerphoneConfig, claim: Claim, places: Places) -> Outcome:
    path = speakerphone.locate(config, claim, places.hidraw, places.dev).path
    return Outcome(in_the_way(path), path)


def _line(port: str) -> Outcome:
    return Outcome(in_the_way(port) or ("" if Path(port).is_char_device() else f"{port} is no serial line"))
