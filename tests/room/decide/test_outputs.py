"""What actions want of what the appliance itself switches."""

import pytest

from appliance.language.text import Text
from appliance.room.actions import parse
from appliance.room.bindings.bindings import Binding, Bindings
from appliance.room.inputs import Automatic, Pressed
from appliance.room.intents.base import Intent
from appliance.room.intents.box import SwitchOutput
from appliance.room.intents.shown import Explain
from appliance.room.local_events.link import LinkChanged
from appliance.room.local_events.outputs import OutputGone, OutputIs, SensorSees
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reduce.reduce import reduce
from appliance.room.respond import respond
from appliance.room.state import RoomState
from tests.room.rooms import after, room

LIGHTS = "relay lights"
OFF = after(room(), OutputIs(LIGHTS, on=False))
ON = after(room(), OutputIs(LIGHTS, on=True))
UNKNOWN = after(room(), OutputIs(LIGHTS, on=None))
NO_LINK = after(RoomState(), OutputIs(LIGHTS, on=False))


def wanted(words: str, state: RoomState) -> list[Intent]:
    """What a press wants."""
    _, orders = respond(Pressed("b"), state, Bindings(buttons={"b": Binding(parse(words))}), 0.0)
    return [order.intent for order in orders]


@pytest.mark.parametrize(
    ("words", "state", "intent"),
    [
        ("relay lights on", OFF, SwitchOutput(LIGHTS, on=True)),
        ("relay lights on", ON, SwitchOutput(LIGHTS, on=True)),
        ("relay lights off", ON, SwitchOutput(LIGHTS, on=False)),
        ("relay lights", OFF, SwitchOutput(LIGHTS, on=True)),
        ("relay lights", ON, SwitchOutput(LIGHTS, on=False)),
        ("relay lights", UNKNOWN, SwitchOutput(LIGHTS, on=True)),
        ("relay lights pulse 1.5", OFF, SwitchOutput(LIGHTS, on=True, seconds=1.5)),
        ("relay lights on", NO_LINK, SwitchOutput(LIGHTS, on=True)),
        ("relay lights on", room(), Explain(Text("notice.output_missing", name="lights"))),
        ("relay lights on", RoomState(), Explain(Text("notice.output_missing", name="lights"))),
    ],
)
def test_what_a_press_wants(words: str, state: RoomState, intent: Intent) -> None:
    assert wanted(words, state) == [intent]


def test_a_reaction_switches_without_a_link_as_well() -> None:
    assert NO_LINK.link.phase is not LinkPhase.UP
    _, orders = respond(Automatic(parse("relay lights on")), NO_LINK, Bindings(), 0.0)
    assert [order.intent for order in orders] == [SwitchOutput(LIGHTS, on=True)]


def test_a_loss_of_the_link_changes_nothing_that_the_appliance_knows_by_itself() -> None:
    lost = after(ON, SensorSees("door", somebody=True), LinkChanged(Link(LinkPhase.DOWN)))
    assert (lost.outputs, lost.presence.sensing) == ({LIGHTS: True}, {"door"})
    assert after(ON, OutputGone("relay other")) is ON
    assert after(ON, OutputGone(LIGHTS)).outputs == {}
    assert reduce(ON, OutputIs(LIGHTS, on=True), 1.0) is ON
