"""What the room may do to the others in its own conference, and in no other."""

import msgspec
import pytest

from appliance.room.actions import parse
from appliance.room.decide.decide import decide
from appliance.room.decide.habits import Habits
from appliance.room.decide.owner import AT_ONCE
from appliance.room.intents.base import Intent
from appliance.room.intents.call import HangUp
from appliance.room.intents.conference import InvitePeer, MuteOthers, RemovePeer
from appliance.room.intents.shown import Explain
from appliance.room.orders.commands import plan
from appliance.room.parts.conference import Attendee
from appliance.room.state import Phase, RoomState
from appliance.room.texts import ALL_ARE_MUTED, ALREADY_HERE, NOT_HERE, NOT_OURS, more_to_mute
from appliance.terminal.messages.conference import InviteToConference, KickPeer, SetRemoteMic
from appliance.terminal.messages.enums import DeviceState
from tests.room.rooms import ANNA, BORIS, OWN_GROUP, P2P, THEIR_GROUP, room

ANNA_THERE = f"{ANNA}/2"
THERE = {
    ANNA: Attendee(ANNA_THERE, "Anna", DeviceState.ON),
    BORIS: Attendee(BORIS, "Boris", DeviceState.MUTED),
}
OURS = room(Phase.IN_CALL, conversation=OWN_GROUP, attendees=THERE)
THEIRS = msgspec.structs.replace(OURS, conversation=THEIR_GROUP)
USUAL = Habits()


def meant(words: str, state: RoomState = OURS, habits: Habits = USUAL) -> tuple[Intent, ...]:
    return decide(parse(words), state, habits)


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("mute_all", MuteOthers((ANNA_THERE,))),
        (f"mute_one {ANNA.upper()}", MuteOthers((ANNA_THERE,))),
        ("mute_one nobody@example.org", Explain(NOT_HERE)),
        (f"remove {ANNA}", RemovePeer(ANNA_THERE)),
        ("remove nobody@example.org", Explain(NOT_HERE)),
        ("invite carl@example.org", InvitePeer("carl@example.org")),
        (f"invite {BORIS}", Explain(ALREADY_HERE)),
        ("hang_up all", HangUp(for_all=True)),
        ("hang_up leave", HangUp(for_all=False)),
    ],
)
def test_what_an_owner_does(words: str, intent: Intent) -> None:
    assert meant(words) == (intent,)
    elsewhere = (HangUp(),) if words == "hang_up leave" else (Explain(NOT_OURS),)
    for state in (THEIRS, msgspec.structs.replace(OURS, conversation=P2P)):
        assert meant(words, state) == elsewhere


@pytest.mark.parametrize("for_all", [True, False])
def test_plain_hanging_up_is_as_configured(for_all: bool) -> None:
    habits = Habits(hang_up_for_all=for_all)
    assert meant("hang_up", habits=habits) == (HangUp(for_all=for_all),)
    assert meant("hang_up", THEIRS, habits) == (HangUp(),)


def test_nobody_is_muted_twice() -> None:
    quiet = msgspec.structs.replace(OURS, attendees={BORIS: THERE[BORIS]})
    assert meant("mute_all", quiet) == (Explain(ALL_ARE_MUTED),)


def test_of_very_many_the_first_are_muted_and_the_rest_is_said() -> None:
    crowd = {str(each): Attendee(str(each), mic=DeviceState.ON) for each in range(500)}
    mutes, said = meant("mute_all", msgspec.structs.replace(OURS, attendees=crowd))
    assert mutes == MuteOthers(tuple(map(str, range(AT_ONCE))))
    assert said == Explain(more_to_mute(500 - AT_ONCE))


@pytest.mark.parametrize(
    ("intent", "command"),
    [
        (MuteOthers((ANNA_THERE,)), SetRemoteMic(peer_id=ANNA_THERE, on=False)),
        (RemovePeer(ANNA), KickPeer(peer_id=ANNA)),
        (InvitePeer(ANNA), InviteToConference(peer_id=ANNA)),
    ],
)
def test_how_the_terminal_is_told(intent: Intent, command: object) -> None:
    assert plan(intent, OURS).commands == (command,)
