"""What the terminal is known to be doing, so that programs that stayed over a lost link learn what is otherwise now.

While the link is up, each event that programs are sent is taken here too. After a reconnect everything has been read
anew: the two are compared, and the difference becomes the terminal's own events, since those are what a program of
somebody else understands already. What was not read is left as it was.
"""

from typing import Final

import msgspec

from appliance.share.changes.facts import PARTS, Fact, Key, of_event
from appliance.share.changes.snapshot_facts import of_snapshot
from appliance.terminal.messages import AnyEvent, Snapshot
from appliance.terminal.messages.account import Logout, ServerDisconnected
from appliance.terminal.messages.base import Event
from appliance.terminal.messages.calls import (
    AppStateChanged,
    ConferenceCreated,
    ConferenceDeleted,
    ParticipantLeft,
    RejectReceived,
    RejectSent,
    StopCalling,
)
from appliance.terminal.messages.enums import AppState

MOST: Final = 5000
"""Facts; more than the largest conference has people. Beyond it nothing is added."""

_CONFERENCE: Final = ("conference", "")
_INVITATION: Final = ("invitation", "")


class Known:
    """The terminal as programs know it by what they have been sent."""

    def __init__(self) -> None:
        self._facts: dict[Key, Fact] = {}

    def take(self, event: AnyEvent) -> None:
        """Takes an event of the terminal."""
        self._forget(event)
        if (found := of_event(event)) is not None:
            key, fact = found
            if len(self._facts) < MOST or key in self._facts:
                self._keep(key, fact)

    def read(self, snapshot: Snapshot) -> list[Event]:
        """Takes what was read after a reconnect; returns the events that tell what is otherwise than before."""
        parts, now = of_snapshot(snapshot)
        before = {key: fact for key, fact in self._facts.items() if key[0] in parts}
        self._facts = {key: fact for key, fact in self._facts.items() if key[0] not in parts} | now
        over = [key for key, fact in before.items() if not _same(fact, now.get(key))]
        new = [key for key, fact in now.items() if not _same(fact, before.get(key))]
        ended = [before[key].ended_by for key in sorted(over, key=_rank, reverse=True)]
        return [*(event for event in ended if event is not None), *(now[key].told_by for key in sorted(new, key=_rank))]

    def _keep(self, key: Key, fact: Fact) -> None:
        if key == _INVITATION and _CONFERENCE in self._facts:
            return  # beside a call: not what the room itself does
        if key[0] == "participant" and (conference := self._facts.get(_CONFERENCE)) is not None:
            fact = msgspec.structs.replace(fact, value=conference.value)
        self._facts[key] = fact

    def _forget(self, event: AnyEvent) -> None:
        match event:
            case ServerDisconnected():
                self._facts.pop(("server", ""), None)
            case Logout():
                self._facts.pop(("login", ""), None)
            case StopCalling() | RejectReceived() | RejectSent():
                self._facts.pop(_INVITATION, None)
            case AppStateChanged(app_state=state) if state is not AppState.WAITING:
                self._facts.pop(_INVITATION, None)
            case ParticipantLeft():
                self._facts.pop(("participant", event.peer_id), None)
            case ConferenceCreated() | ConferenceDeleted():
                gone = {"invitation", "conference", "participant"}
                self._facts = {key: fact for key, fact in self._facts.items() if key[0] not in gone}


def _same(fact: Fact, other: Fact | None) -> bool:
    return other is not None and fact.value == other.value


def _rank(key: Key) -> int:
    return PARTS.index(key[0])
