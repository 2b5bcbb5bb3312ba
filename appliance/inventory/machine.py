"""What hardware this machine has, and what it would be used for."""

from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from drivers import spi
from drivers.errors import DeviceError, DeviceMissing
from drivers.gpio.chips import DEVICES, HEADER, Chip, find_chips, header_chip
from drivers.identity import Identity
from drivers.keypad.codes import name_of
from drivers.keypad.found import INPUT_CLASS, Found, find_keypads
from drivers.keypad.keys import KEYMAP, SYMBOLS
from drivers.keypad.nodes import Node
from drivers.oled.buses import find_buses
from drivers.permissions import in_the_way
from drivers.speakerphone import device as speakerphone
from drivers.speakerphone.descriptor import Descriptor
from drivers.speakerphone.offers import offers
from drivers.visca.line.lines import Found as Line
from drivers.visca.line.lines import find_lines

T = TypeVar("T")

_ON_HEADER = "buttons and lamps (the 40-pin header)"


class Places(msgspec.Struct, frozen=True):
    """Where devices are looked for; `ports` (device, description) are the serial lines, None: those of the system.

    `chip`: the GPIO chip that the configuration names.
    """

    dev: Path = Path("/dev")
    hidraw: Path = speakerphone.HIDRAW
    inputs: Path = INPUT_CLASS
    ports: list[tuple[str, str]] | None = None
    gpio: Path = DEVICES
    chip: int | str | None = None


class Offer(msgspec.Struct, frozen=True):
    """A key, switch or lamp that a device has.

    `source`: where it is read, or written. Of HID reports: `report` is the id, 0 where they have none; `how` is
    absolute (says a state), relative (says that it was pressed), array (one of several keys) or lamp. Of input
    devices: `how` is the device file, where it is not the first one.
    """

    what: str
    source: Literal["evdev", "hidraw"]
    report: int = 0
    how: str = ""


class Piece(msgspec.Struct, frozen=True):
    """Hardware that was found; `trouble` is what stands in the way of using it, empty where nothing does.

    `product` is vendor:product, `port` the USB port: each can stand in the configuration as it is.
    """

    kind: str
    path: str
    name: str
    use: str
    trouble: str = ""
    product: str = ""
    port: str = ""
    offers: list[Offer] = []


class Inventory(msgspec.Struct, frozen=True):
    """What there is, and what there is nothing of, in plain words."""

    found: list[Piece]
    lacking: list[str]


def take(places: Places) -> Inventory:
    """Looks at everything there is, without using any of it. Blocks."""
    found: list[Piece] = []
    lacking: list[str] = []
    for look in (_chips, _header, _buses, _spi, _keypads, _speakerphones, _lines):
        try:
            found += look(places)
        except DeviceError as error:
            lacking.append(str(error))
    return Inventory(found, lacking)


def header(places: Places) -> Chip:
    """Returns the GPIO chip of the 40-pin header. DeviceMissing where there is none."""
    return header_chip(find_chips(places.dev, places.gpio), places.chip)


def _header(places: Places) -> list[Piece]:
    """Finds nothing more, but says why none of the chips is the header's."""
    header(places)
    return []


def _chips(places: Places) -> list[Piece]:
    there = find_chips(places.dev, places.gpio)
    try:
        chosen = header_chip(there, places.chip)
    except DeviceMissing:
        chosen = None
    return [_of_chip(chip, chosen) for chip in there]


def _of_chip(chip: Chip, chosen: Chip | None) -> Piece:
    name = f"{chip.label} ({chip.lines} lines)" if chip.label else ""
    return Piece("gpio", chip.path, name, _why_not(chip) if chip != chosen else _ON_HEADER, chip.trouble)


def _why_not(chip: Chip) -> str:
    if chip.is_header:
        return "nothing: `chip` of [gpio] names another"
    if chip.trouble:
        return "nothing: not known to be the 40-pin header's chip"
    return f"nothing: the 40-pin header's chip is called {' or '.join(HEADER)}"


def _buses(places: Places) -> list[Piece]:
    buses = _some(find_buses(places.dev), f"no I2C bus found: nothing like {places.dev / 'i2c-1'} (is I2C enabled?)")
    return [Piece("i2c", path, "", "display (not probed)", in_the_way(path)) for path in buses]


def _spi(places: Places) -> list[Piece]:
    return [Piece("spi", path, "", "display (not probed)", in_the_way(path)) for path in spi.find_devices(places.dev)]


def _keypads(places: Places) -> list[Piece]:
    folder = places.dev / "input"
    found = _some(find_keypads(folder, places.inputs), f"no keypad found: no device in {folder} has keys")
    return [_piece("keypad", each, _use_of(each), _keys(each)) for each in found]


def _use_of(found: Found) -> str:
    return f"keypad, if the configuration names it (it {found.lacks})" if found.lacks else "keypad"


def _speakerphones(places: Places) -> list[Piece]:
    there = speakerphone.find_speakerphones(places.hidraw, places.dev)
    found = _some(there, "no speakerphone found: no USB device has telephony keys")
    use = {False: "speakerphone, if the configuration names it (it has no hook switch)", True: "speakerphone"}
    return [_piece("speakerphone", each, use[each.has_hook], _offers(each.descriptor)) for each in found]


def _piece(kind: str, found: Identity, use: str, offered: list[Offer]) -> Piece:
    return Piece(kind, found.path, found.name, use, in_the_way(found.path), found.product, found.port, offered)


def _keys(found: Found) -> list[Offer]:
    first, *others = found.with_keys
    return _keys_of(first, "") + [offer for node in others for offer in _keys_of(node, node.path)]


def _keys_of(node: Node, how: str) -> list[Offer]:
    """Symbols in the order of a telephone, then all other keys by their names."""
    carried = {KEYMAP[code] for code in node.keys if code in KEYMAP}
    named = [name_of(code) for code in sorted(node.keys) if code not in KEYMAP]
    keys = [*(symbol for symbol in SYMBOLS if symbol in carried), *named]
    return [Offer(f"key {key}", "evdev", how=how) for key in keys]


def _offers(descriptor: Descriptor) -> list[Offer]:
    return [Offer(each.what, "hidraw", each.report, each.how) for each in offers(descriptor)]


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
