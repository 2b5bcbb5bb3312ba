"""Descriptors of real devices and what they were seen to send; see `field`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from drivers.speakerphone.controls import has_hook
from drivers.speakerphone.descriptor import Descriptor, parse
from drivers.speakerphone.offers import How, offers
from drivers.speakerphone.profiles import profile_of
from drivers.speakerphone.reports import InputReports, OutputReports
from drivers.speakerphone.telephony import LAMP_USAGES, Conversation, Lamps

FIELD = Path(__file__).parent / "field"
DEVICES: dict[str, dict[str, Any]] = tomllib.loads((FIELD / "devices.toml").read_text())
CASES: list[dict[str, Any]] = tomllib.loads((FIELD / "cases.toml").read_text())["case"]
KEYS = [(device, report, means) for device, facts in DEVICES.items() for report, means in facts["keys"].items()]


def descriptor_of(device: str) -> Descriptor:
    return parse(bytes.fromhex((FIELD / f"{device}.hex").read_text()))


class Device:
    def __init__(self, device: str) -> None:
        product = f"{device[:4]}:{device[5:9]}"
        profile = profile_of(device, product)
        self._inputs = InputReports(descriptor_of(device), profile.pressed)
        self._conversation = Conversation(profile)
        self.shows("", 0.0)

    def shows(self, lit: str, at: float) -> None:
        self._conversation.lamps_sent(Lamps(**dict.fromkeys(lit.split(), True)), at)

    def says(self, report: str, at: float) -> str:
        asked = self._conversation.heard(self._inputs.read(bytes.fromhex(report)), at)
        return " ".join(map(repr, asked))


def test_every_descriptor_has_its_facts() -> None:
    assert {path.stem for path in FIELD.glob("*.hex")} == set(DEVICES)
    assert all(facts["source"] for facts in DEVICES.values())


@pytest.mark.parametrize("device", DEVICES)
def test_usable_hook(device: str) -> None:
    assert has_hook(descriptor_of(device)) is DEVICES[device]["hook"]


@pytest.mark.parametrize(("device", "report", "means"), KEYS, ids=lambda each: each)
def test_keys(device: str, report: str, means: str) -> None:
    assert Device(device).says(report, at=5) == means


@pytest.mark.parametrize("device", DEVICES)
def test_what_is_offered_is_what_is_heard(device: str) -> None:
    offered = {offer.what for offer in offers(descriptor_of(device)) if offer.how is not How.LAMP}
    heard = {means.partition("(")[0] for means in DEVICES[device]["keys"].values()}
    named = {"hook": "HookOff", "mute": "MuteKey", "flash": "Flash", "redial": "Redial", "hold": "HoldKey"}
    assert {named[what] for what in offered & named.keys()} == heard & set(named.values())


@pytest.mark.parametrize("device", DEVICES)
def test_lamps(device: str) -> None:
    outputs = OutputReports(descriptor_of(device), LAMP_USAGES)
    assert sorted(report.hex(" ") for report in outputs.encode(LAMP_USAGES)) == DEVICES[device]["lamps"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    phone, wrong = Device(case["device"]), []
    for step in case["steps"]:
        at, what, rest = f"{step} ".split(" ", 2)
        if what == "lamps":
            phone.shows(rest, float(at))
        else:
            report, _, expected = (part.strip() for part in rest.partition("=>"))
            if (asked := phone.says(report, float(at))) != expected:
                wrong.append(f"{step}: got {asked or 'nothing'}")
    assert wrong == []
