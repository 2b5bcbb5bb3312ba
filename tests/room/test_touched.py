"""What is touched on a panel answers what the panel shows, whatever covers it on the display."""

from appliance.language.text import verbatim
from appliance.room.actions import parse
from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.inputs import Input, Pressed, Touched
from appliance.room.parts.person import Person
from appliance.room.parts.requests import Request, Wish
from appliance.room.parts.shown import Notice
from appliance.room.prompts import followed
from appliance.room.respond import respond
from appliance.room.state import Phase
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.conference import AllowRecording
from tests.room.rooms import ANNA, THEIR_GROUP, room

ASKED = room(
    Phase.IN_CALL,
    conversation=THEIR_GROUP,
    requests=(Request(Wish.RECORD, Person(ANNA, "Anna")),),
    notice=Notice(verbatim("Anna has muted the room"), 105.0),
)


def sent(given: Input) -> list[Command]:
    bindings = Bindings(buttons={"yes": bind("accept")})
    _, orders = respond(given, followed(ASKED, 100.0), bindings, 101.0)
    return [command for order in orders for command in order.plan.commands]


def test_a_covered_question_is_answered_on_the_panel_and_uncovered_by_a_button() -> None:
    assert sent(Touched(parse("accept"))) == [AllowRecording(peer_id=ANNA)]
    assert sent(Pressed("yes")) == []
