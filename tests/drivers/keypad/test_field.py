"""Keypads, pedals and readers of the field, from `field.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from appliance.config.tables.keypads import Keypad
from drivers.claims import Claims
from drivers.errors import DeviceMissing
from drivers.keypad.choice import choose
from drivers.keypad.codes import CODES, code_of, full_name
from drivers.keypad.config import KeyboardConfig, KeypadConfig, WedgeConfig
from drivers.keypad.device import open_device
from drivers.keypad.fake import input_event
from drivers.keypad.key_events import EV_KEY, EV_SYN, SYN_REPORT, KeyDecoder, KeyEvent
from drivers.keypad.modifiers import Modifiers
from drivers.keypad.reader.lines import Lines, Refused
from tests.drivers.keypad.test_device import Desk, Paper, desk

__all__ = ["desk"]

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("field.toml").read_text())


def by_name(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", FIELD[kind], ids=[case["name"] for case in FIELD[kind]])


def moved(key: str, *, down: bool) -> bytes:
    return input_event(EV_KEY, code_of(full_name(key)), down) + input_event(EV_SYN, SYN_REPORT, 0)


def heard(config: KeyboardConfig, keys: str) -> list[KeyEvent]:
    reader = KeyDecoder(config.keymap(), modifiers=Modifiers(config.modifiers()))
    return reader.feed(b"".join(moved(key[1:], down=key[0] == "+") for key in keys.split()))


@by_name("device")
async def test_devices_are_read_and_grabbed_whole(desk: Desk, case: dict[str, Any]) -> None:
    for node in case["nodes"]:
        keys = frozenset(CODES[f"KEY_{key}"] for key in node["keys"].split())
        desk.plug(Paper(node["name"], keys, port="1-1.3", product=case["product"]))
    config = msgspec.convert(case["entry"], Keypad)
    async with open_device(config) as keypad:
        assert [node.name for node in keypad.nodes] == case["taken"]
    assert [paper.name for paper in desk.devices.values() if paper.grabbed] == case["taken"]
    for step in case["hears"]:
        assert CODES[f"KEY_{step['key']}"] in desk.devices[f"{desk.folder}/event{step['node']}"].keys
        assert [event.symbol for event in heard(config, f"+{step['key']}")] == [step["is"]]


@by_name("guest")
def test_auto_takes_number_pads_and_nothing_else(desk: Desk, case: dict[str, Any]) -> None:
    words = [int(word, 16) for word in reversed(case["key"].split())]
    keys = frozenset(
        case["bits"] * place + bit for place, word in enumerate(words) for bit in range(64) if word >> bit & 1
    )
    desk.plug(Paper(case["name"], keys, port="1-1.3", product=case["product"]))
    if case["auto"] == "used":
        assert choose(KeypadConfig(), Claims().claim(), desk.folder, desk.classes).name == case["name"]
    else:
        with pytest.raises(DeviceMissing, match=f"{case['auto']} and must be named"):
            choose(KeypadConfig(), Claims().claim(), desk.folder, desk.classes)
    assert choose(KeypadConfig(device="1-1.3"), Claims().claim(), desk.folder, desk.classes).nodes[0].keys == keys


@by_name("typed")
def test_what_is_typed(case: dict[str, Any]) -> None:
    if "readers" in case["entry"]:
        reader = msgspec.convert(case["entry"]["readers"], WedgeConfig)
        lines = Lines(reader.alt_codes)
        ended = [lines.key(event, 1.0) for event in heard(reader, case["keys"])]
        assert ["refused" if isinstance(each, Refused) else each for each in ended if each is not None] == case["lines"]
    else:
        pad = msgspec.convert(case["entry"]["keypads"], Keypad)
        assert [event.symbol for event in heard(pad, case["keys"]) if event.down] == case["presses"]
