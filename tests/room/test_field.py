"""Terminals of the field, from `field.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from appliance.room.bindings.bindings import Bindings
from appliance.room.inputs import Key
from appliance.room.reduce.reduce import reduce
from appliance.room.respond import respond
from appliance.room.state import RoomState
from appliance.terminal.messages.frames import decode
from tests.room.rooms import BORIS, room

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).with_name("field.toml").read_text())


@pytest.mark.parametrize("case", FIELD["case"], ids=lambda case: case["name"])
def test_terminals_of_the_field(case: dict[str, Any]) -> None:
    state, sent = room(), list[dict[str, Any]]()
    for now, step in enumerate(case["steps"]):
        if "event" in step:
            state = reduce(
                state, decode(msgspec.json.encode({"method": "event", **step["event"]}).decode()), float(now)
            )
        for key in step.get("keys", ()):
            state = pressed(state, key, float(now), sent)
        assert state.number == step.get("number", state.number)
        if "sends" in step:
            assert sent == step["sends"]
            sent.clear()


def pressed(state: RoomState, key: str, now: float, sent: list[dict[str, Any]]) -> RoomState:
    """Returns the room after a key, and adds what that sends."""
    state, orders = respond(Key(key), state, Bindings(contact=BORIS), now)
    commands = [command for order in orders for command in order.plan.commands]
    sent += [{"method": command.method, **msgspec.to_builtins(command)} for command in commands]
    return state
