"""The colours of a room's states: they can be read on, and stay apart for whoever sees colours otherwise."""

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from appliance.panel.view import Door

CSS = Path(__file__).parent.parent.parent / "appliance/panel/static/states.css"
SEES = {  # linear RGB as it is seen (Machado, Oliveira and Fernandes 2009, severity 1)
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1, 1.089)


def states() -> dict[str, tuple[str, str]]:
    """The ground of each state and the ink on it."""
    found, usual = dict[str, tuple[str, str]](), ("", "")
    for names, rules in re.findall(r"((?:\[data-state[^{]*\],?\s*)+)\{([^}]*--state[^}]*)\}", CSS.read_text()):
        said = dict(re.findall(r"--(state|on-state): #(\w+);", rules))
        pair = said.get("state", usual[0]), said.get("on-state", usual[1])
        if names.strip() == "[data-state]":
            usual = found["unknown"] = pair
        found |= dict.fromkeys(re.findall(r'"(\w+)"', names), pair)
    return found


def linear(colour: str) -> list[float]:
    whole = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def through(matrix: Sequence[Sequence[float]], colour: Sequence[float]) -> list[float]:
    return [sum(each * part for each, part in zip(row, colour, strict=True)) for row in matrix]


def lab(colour: Sequence[float]) -> tuple[float, float, float]:
    xyz = through(TO_XYZ, [min(1, max(0, part)) for part in colour])
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (each / white for each, white in zip(xyz, WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, eyes: str) -> float:
    pair = zip(*(lab(through(SEES[eyes], linear(colour))) for colour in (one, other)), strict=True)
    return float(sum((a - b) ** 2 for a, b in pair) ** 0.5)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((through(TO_XYZ, linear(colour))[1] for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_state_has_a_colour_of_its_own() -> None:
    assert set(states()) == set(get_args(Door))
    assert states()["check_in"] == states()["soon"]  # as on all such displays: somebody is to come
    assert len({ground for ground, _ in states().values()}) == 5


@pytest.mark.parametrize("state", list(states()))
def test_every_state_can_be_read(state: str) -> None:
    assert contrast(*states()[state]) >= 4.5


@pytest.mark.parametrize("eyes", SEES)
@pytest.mark.parametrize(("one", "other"), list(combinations([one for one in states() if one != "check_in"], 2)))
def test_no_two_states_look_alike(one: str, other: str, eyes: str) -> None:
    assert apart(states()[one][0], states()[other][0], eyes) >= 20
