"""Which input device an entry of the configuration gets, and why it gets none of the others."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from drivers.claims import Claim
from drivers.errors import DeviceMissing
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.found import INPUT_CLASS, INPUT_DEVICES, Found, find_inputs
from drivers.keypad.nodes import Node
from drivers.matching import By, Wanted, wanted

SHOWN: Final = 8
"""How many devices an error message names: what stands in the log and on the status page must stay readable."""


def choose(config: KeyboardConfig, claim: Claim, folder: Path = INPUT_DEVICES, classes: Path = INPUT_CLASS) -> Found:
    """Claims the configured device and returns it; its `nodes` are those to read. Opens none. Blocks.

    Raises DeviceMissing: when there is none; it says what there is, and why that was not taken.
    """
    selector = wanted(config.device)
    if selector.by is By.PATH:
        return claim.take(selector, [_used(_at(selector.real_path(), folder, classes), selector)], config.kind)
    there = find_inputs(folder, classes)
    fitting = [_used(each, selector) for each in there if selector.fits(each) and each.used(selector)]
    try:
        return claim.take(selector, sorted(fitting, key=_refuses_us), config.kind)
    except DeviceMissing as error:
        paths = {each.path for each in fitting}
        raise DeviceMissing("; ".join([str(error), *_why_not(selector, there, paths)])) from None


def _used(found: Found, selector: Wanted) -> Found:
    """The device with only those nodes that are to be read; claimed are all of them."""
    nodes = found.used(selector)
    paths = {found.path, *found.others} - {nodes[0].path}
    return msgspec.structs.replace(found, path=nodes[0].path, others=tuple(sorted(paths)), nodes=nodes)


def _at(path: str, folder: Path, classes: Path) -> Found:
    """The device of a node, whatever keys that has: this is the way to use an unusual one."""
    for each in find_inputs(folder, classes):
        for node in each.nodes:
            if node.path == path:
                others = tuple(other for other in (each.path, *each.others) if other != path)
                nodes = (node, *(other for other in each.nodes if other is not node))
                return msgspec.structs.replace(each, path=path, name=node.name, others=others, nodes=nodes)
    return Found(path=path, nodes=(Node(path),), folder=Path(path))  # opening it says what is wrong


def _refuses_us(found: Found) -> bool:
    """Receivers of infrared look like keypads too, and are not ours to open."""
    return not os.access(found.path, os.R_OK | os.W_OK)


def _why_not(selector: Wanted, there: Sequence[Found], fitting: set[str]) -> Iterator[str]:
    """What is plugged in and was left out; the claim has spoken of those that fit."""
    left_out = [each for each in there if each.path not in fitting]
    for each in left_out[:SHOWN]:
        yield f"{each.path} ({each.name}) {_reason(selector, each)}"
    if len(left_out) > SHOWN:
        yield f"and {len(left_out) - SHOWN} others"


def _reason(selector: Wanted, found: Found) -> str:
    if not selector.fits(found):
        return _other(selector, found)
    if not found.with_keys:
        speakerphone = any(node.keys for node in found.nodes)
        return "belongs to a speakerphone" if speakerphone else "has no keys"
    return f"{found.lacks} and must be named as device: {found.name}"


def _other(selector: Wanted, found: Found) -> str:
    return {
        By.PRODUCT: f"is {found.product or 'without vendor:product'}",
        By.PORT: f"is in USB port {found.port}" if found.port else "is in no USB port",
    }.get(selector.by, "has another name")
