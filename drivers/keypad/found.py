"""Which input devices there are, each with all its event nodes, and which of them an entry may use."""

import contextlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from drivers.identity import Identity, in_order, port_of, product_of, whole_device
from drivers.keypad.keys import DIGIT_ROWS, KEYMAP, LETTERS, OF_A_REMOTE
from drivers.keypad.nodes import PLUGGABLE, Node, read_node
from drivers.matching import By, Wanted
from drivers.speakerphone.events import nodes_of_telephony

INPUT_DEVICES: Final = Path("/dev/input")
INPUT_CLASS: Final = Path("/sys/class/input")


class Found(Identity, frozen=True, kw_only=True):
    """An input device. `nodes`: all its event nodes, the one with digit keys first. `folder`: the device in /sys."""

    nodes: tuple[Node, ...]
    folder: Path

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all nodes."""
        return tuple(node.name for node in self.nodes)

    @property
    def with_keys(self) -> tuple[Node, ...]:
        """The nodes with keys that do not belong to a speakerphone."""
        return tuple(node for node in self.nodes if node.keys and not node.telephony)

    @property
    def keys(self) -> frozenset[int]:
        """The codes of all keys of these nodes."""
        return frozenset().union(*(node.keys for node in self.with_keys))

    @property
    def has_digits(self) -> bool:
        """Whether a person can type a number on it."""
        return any(row <= self.keys for row in DIGIT_ROWS)

    @property
    def has_letters(self) -> bool:
        """Whether it is a whole keyboard, or a reader."""
        return bool(self.keys & LETTERS)

    @property
    def is_remote(self) -> bool:
        """Whether its digits are those of a television's remote control."""
        return bool(self.nodes[0].keys & OF_A_REMOTE)

    @property
    def is_number_pad(self) -> bool:
        """Whether it is made for numbers: what `auto` selects, since nothing else may dial without being named."""
        return self.has_digits and not self.has_letters and not self.is_remote

    @property
    def lacks(self) -> str:
        """What is in the way of its being a number pad; empty for one."""
        if self.is_number_pad:
            return ""
        if self.has_letters:
            return "has letters too"
        return "is a remote control" if self.has_digits else "has no digit keys"

    @property
    def symbols(self) -> frozenset[str]:
        """What its keys mean unless configured otherwise."""
        return frozenset(KEYMAP[code] for code in self.keys if code in KEYMAP)

    def used(self, selector: Wanted) -> tuple[Node, ...]:
        """Returns the nodes to read for an entry that asks for it in this way; none where it cannot be used.

        The nodes of a speakerphone belong to that, unless the device is named by its path, or has no others and is
        named by vendor and product: a part of a name, or a port, may be that of a speakerphone by chance.
        """
        if selector.by is By.PATH:
            return tuple(node for node in self.nodes if node.path == self.path or node in self.with_keys)
        if selector.by is By.PRODUCT and not self.with_keys:
            return tuple(node for node in self.nodes if node.keys)
        return self.with_keys if selector.by is not By.ANY or self.is_number_pad else ()


def find_inputs(folder: Path = INPUT_DEVICES, classes: Path = INPUT_CLASS) -> list[Found]:
    """Returns every input device: those with digits first, of these number pads, then by USB port.

    Opens none. Blocks for as long as reading a few files of /sys takes.
    """
    groups: defaultdict[tuple[Path, str], list[Node]] = defaultdict(list)
    for event in classes.glob("event*"):
        with contextlib.suppress(OSError, ValueError):  # it has just gone
            node, (vendor, product) = read_node(folder / event.name, event / "device")
            groups[whole_device(event / "device"), product_of(vendor, product)].append(node)
    found = [_found(device, product, nodes) for (device, product), nodes in groups.items()]
    return sorted(found, key=lambda each: (not each.has_digits, not each.is_number_pad, in_order(each)))


def find_keypads(folder: Path = INPUT_DEVICES, classes: Path = INPUT_CLASS) -> list[Found]:
    """Returns every input device that an entry could use, in the order of `find_inputs`.

    What is built in (a power button, the remote control of a television) is left out unless it has digits.
    """
    return [each for each in find_inputs(folder, classes) if each.keys and (each.has_digits or _is_pluggable(each))]


def _is_pluggable(found: Found) -> bool:
    return any(node.bus in PLUGGABLE for node in found.nodes)


def _found(device: Path, product: str, nodes: Sequence[Node]) -> Found:
    telephony = nodes_of_telephony(device)
    marked = [msgspec.structs.replace(node, telephony=Path(node.path).name in telephony) for node in nodes]
    first, *others = sorted(marked, key=_digits_first)
    return Found(
        path=first.path,
        name=first.name,
        product=product,
        port=port_of(device),
        others=tuple(node.path for node in others),
        nodes=(first, *others),
        folder=device,
    )


def _digits_first(node: Node) -> tuple[object, ...]:
    has_digits = any(row <= node.keys for row in DIGIT_ROWS)
    return node.telephony or not node.keys, not has_digits, in_order(Identity(path=node.path))
