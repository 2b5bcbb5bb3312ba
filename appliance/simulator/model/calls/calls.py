"""The life of a call: calling, being called, in a conference, closing.

At any time there is at most one call, and beside it at most one that waits; `CurrentCall` has their state, and this
module and `ringing` alone change it.

- The room calls a peer, asks to join a conference that a peer owns, or joins one by its address: an outgoing
  invitation rings until the far side answers or declines (`answered`, `declined`), or until it runs out. Somebody who
  cannot be reached declines at once, so that the events are the same.
- A peer calls the room or asks it into a conference (`ring`): an incoming invitation rings until the room accepts or
  rejects it, or until the peer gives up or it runs out, which makes a missed call.
- An accepted invitation, or `create`, opens a `Conference`. It ends when either side hangs up or leaves. The terminal
  is then closing for a moment (`closing_time`), still with its conference, and after that free again.
- Somebody who calls during a conference is a second call: it rings beside the first, which the terminal's state says
  in `requests` only. Accepted, it takes the place of the first, which ends as if the room had hung up. Rejected, given
  up or run out, it ends as any other, and the first goes on. If the first ends, the second is what rings from then on.
  (The manual says that an incoming call can be accepted, and that there is one current call; the rest follows.)
- Without the server, everything ends at once and without closing.

Every end goes into the call history. What a call changes elsewhere in the terminal is in `CallEffects`. What the room
does to others is handed to `act`, which carries it to other simulated rooms.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from appliance.simulator.model.calls.camera_control import CameraControl
from appliance.simulator.model.calls.conference import Conference
from appliance.simulator.model.calls.effects import CallEffects
from appliance.simulator.model.calls.joining import PREFIX, Joining
from appliance.simulator.model.calls.ringing import Ringing
from appliance.simulator.model.calls.waiting import requests
from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.outgoing import Act, Outgoing
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.conversation.invitation import Invitation
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.people.directory import Directory, HostedConference, Peer
from appliance.simulator.model.people.history import History, PastCall
from appliance.terminal.messages.enums import (
    AppState,
    CallDirection,
    ConferenceState,
    ConferenceType,
    RejectCause,
    Side,
)


class Calls:
    """What the terminal calls, is called by, or talks to; at most one at a time.

    `open_conference` makes the conference of a roster, `act` does something to others, and `announce_state` is
    called after every change of the application state.
    """

    def __init__(
        self,
        context: Context,
        current: CurrentCall,
        *,
        directory: Directory,
        history: History,
        settings: Settings,
        tariff: Tariff,
        joining: Joining,
        effects: CallEffects,
        open_conference: Callable[[Roster], Conference],
        act: Act,
        announce_state: Callable[[], None],
    ) -> None:
        self._options = context.options
        self._now = context.now
        self._emit = context.emit
        self._current = current
        self._directory = directory
        self._history = history
        self._ringing = Ringing(context, current, directory, history)
        self._settings = settings
        self._tariff = tariff
        self._joining = joining
        self._effects = effects
        self._open_conference = open_conference
        self._act = act
        self._announce_state = announce_state
        self.conference: Conference | None = None
        self.last_type = "symmetric"  # of the conference created last
        self.tones: list[str] = []  # dialled in this call

    @property
    def due(self) -> float:
        """When something happens by itself; infinity while nothing will."""
        ringing = [self._current.invitation.until] if self._current.invitation else []
        return min([self._current.closed_at, *ringing, *(self.conference.due if self.conference else [])])

    def advance(self) -> None:
        """Does what is due: nobody answered, or the closing is over."""
        invitation = self._current.invitation
        if invitation is not None and self._now() >= invitation.until:
            self._not_answered(invitation)
        if self.conference is not None:
            self.conference.advance()
        if self._now() >= self._current.closed_at:
            self._closed()

    # what the room does

    def call(self, peer_id: str, pin: str = "") -> None:
        r"""Calls a peer, asks to join the conference they own, or joins a conference by `\c\ID`."""
        if peer_id.startswith(PREFIX):
            self._join(peer_id, pin)
            return
        self._tariff.require("p2p")
        peer = self._directory.find(peer_id)
        hosting = peer.hosting if peer is not None else None
        self._ring(peer.peer_id if peer else peer_id, hosting)
        cause = self._directory.refusal_of(peer_id, to_join=hosting is not None)
        if cause is None and hosting is not None:
            cause = hosting.refusal_of(pin)
        if cause is not None:
            self.declined(cause)
        elif hosting is None or (peer is not None and peer.room):
            self._do("call", peer_id)
        elif hosting.pin:
            self.answered()  # the password lets the room in; without one the owner decides

    def accept(self) -> None:
        """Accepts the incoming call; one that waits beside a conference follows that as soon as it is closed."""
        invitation = self._ringing.incoming()
        if self._current.in_conference:
            self._current.invitation = msgspec.structs.replace(invitation, until=math.inf, accepted=True)
            self.end()
        else:
            self._take(invitation)

    def reject(self) -> None:
        """Rejects the incoming call."""
        self._do("reject", self._ringing.incoming().peer_id)
        self._ringing.reject()
        self._announce_state()

    def hang_up(self, for_all: bool | None) -> None:  # noqa: FBT001  # the wire's parameter: absent, true or false
        """Ends the conference or the calling.

        `for_all` is refused unless the room owns a group conference; false leaves that to the others.
        """
        conference = self.conference
        if for_all is not None and not (conference and conference.roster.mine):
            raise Refused(f"wrong parameter: forAll: {errors.NOT_OWNER}")
        if conference is not None:
            conference.roster.goes_on = for_all is False
            self.end()
        elif self._current.invitation is not None and self._current.invitation.outgoing:
            self._do("leave", self._current.invitation.peer_id)
            self._end_ringing(Side.TERMINAL, CallDirection.OUTGOING)
        else:
            raise Refused(errors.NO_CALL)

    def end_all(self, for_all: bool | None) -> None:  # noqa: FBT001  # the wire's parameter, as above
        """Ends whatever goes on, an incoming call too; `for_all` as in `hang_up`."""
        if for_all is not None and not (self._current.in_conference and self._current.going_on().mine):
            raise Refused(f"wrong parameter: forAll: {errors.NOT_OWNER}")
        invitation = self._current.invitation
        if invitation is not None and not invitation.outgoing:
            self.reject()
        if self._current.app_state in (AppState.WAITING, AppState.IN_CONFERENCE):
            self.hang_up(for_all)

    def create(self, title: str, kind: ConferenceType, invited: list[str], *, auto_join: bool) -> None:
        """Opens a group conference of the room's own and invites people into it."""
        self._tariff.require("createMulti")
        if len(invited) >= self._tariff.participants(kind):
            raise Refused(errors.TOO_MANY_PARTICIPANTS)
        me = self._options.room_id
        self._open(
            Roster(
                self._directory,
                me,
                conf_id=self._ringing.new_id(),
                type=kind,
                direction=CallDirection.OUTGOING,
                peer_id=me,
                title=title,
                owner=me,
                auto_join=auto_join,
            )
        )
        for peer_id in invited:
            self.going_on().admission.invite(peer_id)

    def dial(self, symbol: str) -> None:
        """Sends one DTMF symbol."""
        roster = self._current.going_on()
        self.tones.append(symbol)
        to = {} if roster.group else {"peerId": roster.peer_id}
        self._emit("toneDial", symbol=symbol, confId=roster.conf_id, **to)

    # what the far side does

    def ring(self, peer: Peer, kind: ConferenceType, title: str) -> None:
        """Receives a call of a peer, or their invitation into a group conference; it may be a second one."""
        self._effects.ringing()
        self._ringing.by(peer, kind, title)
        self._announce_state()
        if self._answers_itself:
            self.accept()

    def answered(self) -> None:
        """Receives the answer of the peer whom the room calls, or that they let the room in."""
        invitation = self._ringing.outgoing()
        owner = invitation.peer_id if invitation.joins else ""
        self._establish(invitation, owner, [self._directory.peer(invitation.peer_id)])

    def declined(self, cause: RejectCause) -> None:
        """Receives the refusal of the peer whom the room calls."""
        invitation = self._ringing.outgoing()
        self._emit("rejectReceived", cause=int(cause), **self._ringing.party(invitation))
        self._end_ringing(Side.PEER, CallDirection.OUTGOING)

    def given_up(self) -> None:
        """Ends the call of a peer who stops calling, as a missed call."""
        self._ringing.incoming()
        self._end_ringing(Side.PEER, CallDirection.MISSED)

    def peer_left(self, peer: Peer, *, for_all: bool) -> None:
        """Takes somebody out who leaves; if that is the other side of a call, or the owner `for_all`, it ends."""
        conference = self.going_on()
        conference.leave(peer)
        if not conference.roster.group or (for_all and peer.peer_id == conference.roster.owner):
            self.end()

    def end(self) -> None:
        """Ends the conference for the room; the terminal closes it for a moment."""
        conference = self.going_on()
        self._remember(conference)
        self._leave_everybody(conference)
        conference.over()
        self._effects.over()
        self._current.closed_at = self._now() + self._options.closing_time
        self._announce_state()
        self._effects.left()
        if self._options.closing_time == 0:
            self._closed()

    def cut_off(self) -> None:
        """Ends whatever goes on, without closing, because the server is gone."""
        if self._current.invitation is not None:
            direction = CallDirection.OUTGOING if self._current.invitation.outgoing else CallDirection.MISSED
            self._end_ringing(Side.TERMINAL, direction)
        if self.conference is not None:
            if self._current.in_conference:
                self._remember(self.conference)
                self._leave_everybody(self.conference)
                self.conference.over()
                self._effects.over()
            self._closed()
            self._effects.left()

    def drop_everything(self) -> None:
        """Drops whatever goes on, without a report, as a restart does."""
        for peer in self.conference.roster.members if self.conference else []:
            self._directory.release(peer)
        self._current.invitation = None
        self._set_conference(None)
        self.tones.clear()

    # what the terminal says of it

    def going_on(self) -> Conference:
        """Returns the conference that is going on; refused if there is none."""
        if self.conference is None or self._current.closing:
            raise Refused(errors.NO_CALL)
        return self.conference

    @property
    def camera_control(self) -> CameraControl | None:
        """Who controls whose camera, also while the conference closes; None without one."""
        return self.conference.camera_control if self.conference is not None else None

    def describe(self) -> dict[str, Any]:
        """Returns the fields of the reply to `getConferences`."""
        if self.conference is not None:
            return {"confState": int(ConferenceState.GOING_ON), **self.conference.describe()}
        if self._current.invitation is None:
            return {"confState": int(ConferenceState.NONE)}
        return {"confState": int(ConferenceState.INVITATION), **self._current.invitation.describe()}

    def requests(self) -> dict[str, Any]:
        """Returns the `requests` of the application state: who waits for an answer, by kind."""
        return requests(self._current.invitation, None if self._current.closing else self.conference, self._directory)

    def _ring(self, peer_id: str, hosting: HostedConference | None) -> None:
        self._ringing.to(peer_id, hosting)
        self._announce_state()

    def _join(self, address: str, pin: str) -> None:
        found = self._joining.find(address, pin)
        self._ring(address, found.conference)
        if found.refusal is not None:
            self.declined(found.refusal)
        else:
            self._establish(self._ringing.outgoing(), found.owner, found.members)

    def _not_answered(self, invitation: Invitation) -> None:
        if invitation.outgoing:
            self.declined(RejectCause.NO_ANSWER)
        else:
            self.given_up()

    @property
    def _answers_itself(self) -> bool:
        """Whether whoever calls is answered at once; that never ends a call."""
        return bool(self._settings.values["autoAccept"]) and self._current.roster is None

    def _take(self, invitation: Invitation) -> None:
        self._do("answer", invitation.peer_id)
        owner = invitation.peer_id if invitation.group else ""
        self._establish(invitation, owner, [self._directory.peer(invitation.peer_id)])

    def _establish(self, invitation: Invitation, owner: str, members: Iterable[Peer]) -> None:
        direction = CallDirection.OUTGOING if invitation.outgoing else CallDirection.INCOMING
        self._open(
            Roster(
                self._directory,
                self._options.room_id,
                conf_id=invitation.conf_id,
                type=invitation.type,
                direction=direction,
                peer_id=invitation.peer_id,
                title=invitation.title,
                owner=owner,
            )
        )
        for peer in members:
            self.going_on().enter(peer)

    def _open(self, roster: Roster) -> None:
        self._current.invitation = None
        conference = self._open_conference(roster)
        self._set_conference(conference)
        self.tones.clear()
        self._emit("conferenceCreated", **conference.created())
        self._announce_state()
        self._effects.began()

    def _set_conference(self, conference: Conference | None) -> None:
        self.conference = conference
        self._current.roster = conference.roster if conference else None
        self._current.closed_at = math.inf

    def _end_ringing(self, side: Side, direction: CallDirection) -> None:
        self._ringing.end(side, direction)
        self._announce_state()

    def _remember(self, conference: Conference) -> None:
        roster = conference.roster
        self._history.add(
            PastCall(
                roster.direction,
                roster.peer_id,
                roster.group,
                conference.started,
                conference.duration,
                roster.conf_id,
            )
        )

    def _closed(self) -> None:
        conference = self.conference
        self._set_conference(None)
        if conference is None:
            return
        self._emit("conferenceDeleted", confId=conference.roster.conf_id)
        self._announce_state()
        self._effects.closed(conference.roster)
        self._next()

    def _next(self) -> None:
        """Goes on with the call that has waited, if it has been accepted, or is to be."""
        invitation = self._current.invitation
        if invitation is not None and (invitation.accepted or self._answers_itself):
            self._take(invitation)

    def _do(self, verb: str, peer_id: str, **arguments: object) -> None:
        self._act(Outgoing(verb, self._directory.party(peer_id)["peerId"], arguments))

    def _leave_everybody(self, conference: Conference) -> None:
        for peer in conference.roster.members:
            self._do("leave", peer.peer_id, for_all=not conference.roster.goes_on)
