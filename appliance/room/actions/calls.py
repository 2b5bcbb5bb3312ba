"""Calling, answering and ending calls, and putting them on hold."""

from collections.abc import Mapping
from typing import ClassVar

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.readable import LEFT_OUT
from appliance.room.actions.verb import SWITCH_WORDS, SWITCHES, Verb, alone
from appliance.room.secret import Secret


class HookOff(Action, frozen=True):
    """`call`: answers, calls the number typed, or calls the configured contact."""


class CallPeer(Action, frozen=True):
    """`call PEER`."""

    peer_id: str


class Join(Action, frozen=True):
    """`join PEER PIN`: calls a conference that wants a password."""

    peer_id: str
    pin: Secret


class JoinNext(Action, frozen=True):
    """`join next`: joins the meeting that is on, or the one that begins soon."""


class Answer(Action, frozen=True):
    """`answer`."""


class Accept(Action, frozen=True):
    """`accept`: takes the call that comes in, else accepts what the room is asked."""


class HangUp(Action, frozen=True):
    """`hang_up [all|leave]`: ends or declines; clears the number typed when there is no call.

    `for_all`: a conference of the room's own ends for everybody, or goes on without it; None: as is configured.
    """

    at_once: ClassVar[bool] = True
    for_all: bool | None = None


class Decline(Action, frozen=True):
    """`decline`: declines the call that comes in, else what the room is asked."""


class Hold(Action, frozen=True):
    """`hold [on|off]`: the call rests or goes on; while somebody else calls, answers them instead."""

    on: bool | None = None


class Redial(Action, frozen=True):
    """`redial`: calls whom the room called last."""


def _call(text: str, rest: list[str]) -> Action:
    if len(rest) > 1:
        raise ActionError(Text("mistake.one_peer", action=text))
    return CallPeer(rest[0]) if rest else HookOff()


def _join(_text: str, rest: list[str]) -> Action:
    if rest == ["next"]:
        return JoinNext()
    if len(rest) != 2:  # peer and password
        raise ActionError(Text("mistake.expected_form", action=f"join {LEFT_OUT}", form="join next|PEER PIN"))
    return Join(rest[0], Secret(rest[1]))


def _hold(text: str, rest: list[str]) -> Action:
    on = SWITCHES.get(tuple(rest), ...)
    if on is ...:
        raise ActionError(Text("mistake.expected_form", action=text, form="hold [on|off]"))
    return Hold(on)


def _hang_up(text: str, rest: list[str]) -> Action:
    for_all = _HOW.get(tuple(rest), ...)
    if for_all is ...:
        raise ActionError(Text("mistake.expected_form", action=text, form="hang_up [all|leave]"))
    return HangUp(for_all)


def _words_of_peer(action: CallPeer) -> str:
    return f"call {action.peer_id}"


def _words_of_join(action: Join) -> str:
    return f"join {action.peer_id} {LEFT_OUT}"


def _words_of_hold(action: Hold) -> str:
    return " ".join(("hold", *SWITCH_WORDS[action.on]))


def _words_of_hang_up(action: HangUp) -> str:
    return " ".join(("hang_up", *next(words for words, for_all in _HOW.items() if for_all is action.for_all)))


_HOW: Mapping[tuple[str, ...], bool | None] = {(): None, ("all",): True, ("leave",): False}

VERBS = (
    Verb("call", ("call", "call PEER"), _call, {HookOff: lambda _action: "call", CallPeer: _words_of_peer}),
    Verb("join", ("join PEER PIN", "join next"), _join, {Join: _words_of_join, JoinNext: lambda _action: "join next"}),
    alone("answer", Answer()),
    alone("accept", Accept()),
    Verb("hang_up", ("hang_up [all|leave]",), _hang_up, {HangUp: _words_of_hang_up}),
    alone("decline", Decline()),
    Verb("hold", ("hold [on|off]",), _hold, {Hold: _words_of_hold}),
    alone("redial", Redial()),
)
