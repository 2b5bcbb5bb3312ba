"""A call that comes in is answered after a while, for those who may do so."""

import math
from collections.abc import Sequence
from functools import partial

import msgspec

from appliance.room import actions
from appliance.room.inputs import Automatic, Input
from appliance.room.people.who import same_peer
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.state import Phase, RoomState

ANYBODY_OF = "*"
"""What stands in front of `@server`, for everybody there."""


def auto_answer(delay: float, allow: Sequence[str], *, mute: bool) -> Reaction:
    """Returns the reaction that answers what has rung for `delay` seconds; `mute`: the microphone goes off before.

    `allow`: whose calls, peer ids or `*@server`; nobody named: everybody's.
    """
    return partial(_answer, _Rule(delay, tuple(allow), mute), None)


class _Rule(msgspec.Struct, frozen=True):
    delay: float
    allow: tuple[str, ...]
    mute: bool


class _Ring(msgspec.Struct, frozen=True):
    """Who calls, and when (monotonic seconds) to answer; infinite once that is done, or where nobody saw it begin."""

    who: str = ""
    due: float = math.inf


_MISSED = _Ring()


def _answer(rule: _Rule, ring: _Ring | None, before: RoomState, state: RoomState, now: float) -> Outcome:
    """`ring`: what rings, or may ring already; None while nothing does."""
    if state.phase not in {Phase.RINGING, Phase.WAITING}:
        return Outcome(then=partial(_answer, rule, None))
    if not same_session(before, state):
        return Outcome(then=partial(_answer, rule, _MISSED))
    if state.phase is Phase.WAITING:  # the terminal has not said who calls whom
        return Outcome(then=partial(_answer, rule, ring))
    who = _caller(state)
    if ring is None or _another(ring.who, who):
        ring = _Ring(who, now + rule.delay)
    if now < ring.due:
        return Outcome(look_at=ring.due, then=partial(_answer, rule, _Ring(who or ring.who, ring.due)))
    inputs = () if state.undisturbed else _inputs(rule, who)
    return Outcome(inputs=inputs, then=partial(_answer, rule, _Ring(who or ring.who)))


def _inputs(rule: _Rule, who: str) -> tuple[Input, ...]:
    """Returns what answers; of somebody who is not named, only if everybody may call."""
    if rule.allow and not any(_means(each, who) for each in rule.allow):
        return ()
    muted = (Automatic(actions.Mute("mic", on=True)),) if rule.mute else ()
    return (*muted, Automatic(actions.Answer()))


def _caller(state: RoomState) -> str:
    peer = state.conversation.peer if state.conversation else None
    return peer.peer_id if peer else ""


def _another(who: str, caller: str) -> bool:
    """Returns whether somebody else rings now; a name that comes later than the ring changes nothing."""
    return bool(who and caller) and not same_peer(who, caller)


def _means(allowed: str, peer_id: str) -> bool:
    if not allowed.startswith(f"{ANYBODY_OF}@"):
        return same_peer(allowed, peer_id)
    _user, at, server = peer_id.partition("@")
    return bool(at) and same_peer(f"{ANYBODY_OF}@{server}", allowed)
