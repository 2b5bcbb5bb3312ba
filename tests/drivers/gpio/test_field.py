"""Encoders of the field, from `field.toml`; its pins are tried by tests/config/contradictions/test_pins.py."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from drivers.gpio.quadrature import Contact, Quadrature

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("field.toml").read_text())


@pytest.mark.parametrize("case", FIELD["encoders"], ids=lambda case: case["name"])
def test_encoders(case: dict[str, Any]) -> None:
    knob, closed = Quadrature(detents_per_cycle=case["detents_per_cycle"]), {Contact.A: False, Contact.B: False}
    turns = []
    for at, letter in enumerate(case["contacts"].replace(" ", "")):
        contact = Contact[letter.upper()]
        closed[contact] = not closed[contact]
        turns.append(knob.edge(contact, float(at), closed=closed[contact]))
    assert [turn for turn in turns if turn] == case["turns"]
