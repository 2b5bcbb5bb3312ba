"""Programs try parts as people do on the maintenance page."""

import json
from typing import Any

import pytest

from appliance.access.roles import Role
from appliance.api.about import ROOT
from tests.api.rooms import bearer
from tests.api.test_acting import Program, a_program
from tests.runtime.web.client import Answer, get, request

MORE = "[relays.lights]\npin = 26\n"


async def attempt(program: Program, role: Role = Role.MAINTAIN, **wish: Any) -> Answer:
    sends = {"Content-Type": "application/json", **bearer(role)}
    return await request(program.address, "POST", f"{ROOT}/parts", json.dumps(wish).encode(), sends)


async def test_every_part_is_listed_with_its_ways() -> None:
    async with a_program(more=MORE) as program:
        answer = await get(program.address, f"{ROOT}/parts", bearer(Role.MAINTAIN))
        parts = {each["part"]: each for each in answer.json["parts"]}
    assert {"lamp link", "relay lights", "button mute", "keypad", "speakerphone", "display"} <= parts.keys()
    assert parts["lamp link"]["called"] == "lamp link"
    assert parts["lamp link"]["ways"][0] == {"how": "blink_fast", "does": "It shows “blink_fast” for 5 s."}
    assert (parts["lamp link"]["asks"], parts["lamp link"]["disturbs"]) == (False, False)
    assert (parts["relay lights"]["asks"], parts["relay lights"]["disturbs"]) == (True, True)


async def test_a_part_is_tried_and_noted_with_the_name_of_the_program() -> None:
    async with a_program(more=MORE) as program:
        asks = (await attempt(program, part="relay lights")).json
        assert asks["outcome"] == "asks"
        assert "switches `relay lights` on for 1 s" in asks["says"]
        assert program.world.appliance.parts.audit.last() == ()
        assert (await attempt(program, part="relay lights", sure=True)).json["outcome"] == "confirmed"
        (noted,) = program.world.appliance.parts.audit.last()
        assert (noted.who, noted.by, noted.what, noted.about) == (
            "a maintain program",
            "token",
            "try",
            "relay lights",
        )
        lamp = (await attempt(program, part="lamp link", how="on")).json
        assert lamp == {"outcome": "confirmed", "says": "Confirmed: It shows “on” for 5 s."}


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"part": "lamp none"}, 404),
        ({"part": "lamp link", "how": "none"}, 404),
        ({}, 400),
        ({"part": "lamp link", "more": 1}, 400),
    ],
)
async def test_what_cannot_be_tried_is_refused(wish: dict[str, Any], status: int) -> None:
    async with a_program() as program:
        assert (await attempt(program, **wish)).status == status
        assert (await attempt(program, Role.TOUCH, part="lamp link")).status == 403
        assert program.world.appliance.parts.audit.last() == ()
