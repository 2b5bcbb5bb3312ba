"""What the owner of a group conference may do to the others in it."""

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import Parser, Verb, alone


class MuteAll(Action, frozen=True):
    """`mute_all`: the microphones of all others are switched off."""


class MuteOne(Action, frozen=True):
    """`mute_one PEER`: the microphone of one of them is."""

    peer_id: str


class Remove(Action, frozen=True):
    """`remove PEER`: one of them has to leave."""

    peer_id: str


class Invite(Action, frozen=True):
    """`invite PEER`: somebody is asked to come in."""

    peer_id: str


def _of_a_peer(kind: type[MuteOne | Remove | Invite]) -> Parser:
    def parse(text: str, rest: list[str]) -> Action:
        if len(rest) != 1:
            raise ActionError(Text("mistake.expected_form", action=text, form=f"{text.split(maxsplit=1)[0]} PEER"))
        return kind(rest[0])

    return parse


def _with_a_peer(word: str, kind: type[MuteOne | Remove | Invite]) -> Verb:
    return Verb(word, (f"{word} PEER",), _of_a_peer(kind), {kind: lambda action: f"{word} {action.peer_id}"})


VERBS = (
    alone("mute_all", MuteAll()),
    _with_a_peer("mute_one", MuteOne),
    _with_a_peer("remove", Remove),
    _with_a_peer("invite", Invite),
)
