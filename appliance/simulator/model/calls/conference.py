"""A call or conference that is going on, made of its parts.

`Roster` says what it is and who is in it. `Admission` lets people in, `Participants` is about what each of them
sends and receives, `Podium` about who speaks, and `CameraControl` about who controls whose camera. This module lets
people enter and leave, which concerns all of them, and describes the whole.
"""

from collections.abc import Callable
from typing import Any

from appliance.simulator.model.calls.admission import Admission
from appliance.simulator.model.calls.camera_control import CameraControl
from appliance.simulator.model.calls.participant_list import ParticipantList
from appliance.simulator.model.calls.participants import Participants
from appliance.simulator.model.calls.podium import Podium
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.outgoing import Act, Outgoing
from appliance.simulator.model.conversation.participant import Participant
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.media.camera import Camera
from appliance.simulator.model.media.equipment import Equipment
from appliance.simulator.model.media.mutes import Mutes
from appliance.simulator.model.media.slides import Slides
from appliance.simulator.model.people.directory import Directory, Peer
from appliance.terminal.messages.enums import CallDirection, PeerStatus


class Conference:
    """One call or conference, from established to ended.

    `act` does something to others; `matrix_changed` is called when other people are shown.
    """

    def __init__(
        self,
        context: Context,
        roster: Roster,
        *,
        directory: Directory,
        tariff: Tariff,
        settings: Settings,
        equipment: Equipment,
        mutes: Mutes,
        camera: Camera,
        slides: Slides,
        act: Act,
        matrix_changed: Callable[[], None],
    ) -> None:
        self._now = context.now
        self._emit = context.emit
        self._domain = context.options.domain
        self._directory = directory
        self._slides = slides
        self._act = act
        self._matrix_changed = matrix_changed
        self.roster = roster
        self.participants = Participants(roster, directory, settings, context.emit, matrix_changed=matrix_changed)
        self.podium = Podium(context, roster, directory, settings, tariff, act)
        self.camera_control = CameraControl(context, roster, self.podium, directory, settings, camera, act)
        self.admission = Admission(context, roster, directory, tariff, act=act, enter=self.enter)
        self._list = ParticipantList(context.options, roster, self.podium, directory, equipment, mutes)
        self._since = context.now()
        self._started = int(context.wall_clock())

    @property
    def due(self) -> list[float]:
        """When something happens by itself, in monotonic seconds."""
        return [*self.admission.due, *self.podium.due, *self.camera_control.due]

    @property
    def duration(self) -> int:
        """Seconds since it was established."""
        return int(self._now() - self._since)

    @property
    def started(self) -> int:
        """When it was established, in Unix seconds."""
        return self._started

    def created(self) -> dict[str, Any]:
        """Returns the fields of `conferenceCreated`."""
        roster = self.roster
        fields: dict[str, Any] = {"confId": roster.conf_id, "confType": int(roster.type)}
        if roster.group:
            fields |= {"confTitle": roster.title, "conferenceOwner": roster.owner}
        return {**fields, "peerId": roster.peer_id} if roster.direction is CallDirection.OUTGOING else fields

    def describe(self) -> dict[str, Any]:
        """Returns the fields of the reply to `getConferences`."""
        roster = self.roster
        fields: dict[str, Any] = {"isInWaitingRoom": True} if roster.in_waiting_room else {}
        fields |= {
            "confType": int(roster.type),
            "confId": roster.conf_id,
            "slideShowPresent": self._slides.on_screen,
            "duration": self.duration,
        }
        if not roster.group:
            return {**fields, **self._directory.party(roster.peer_id)}
        url = f"https://{self._domain}/c/{roster.conf_id.split('@')[0]}"
        fields |= {"confTitle": roster.title, "conferenceOwner": roster.owner, "joinUrl": url}
        manage = f"https://{self._domain}/tools/real-time?stream_id={roster.conf_id}"
        mine = {"autoJoin": roster.auto_join, "realTimeConferenceManagmentUrl": manage}
        return {**fields, **mine} if roster.mine else fields

    def everybody(self) -> list[dict[str, Any]]:
        """Returns the fields of each participant, the room first."""
        return self._list.everybody()

    def enter(self, peer: Peer) -> None:
        """Lets somebody in."""
        self.admission.entered(peer.peer_id)
        self._introduce(peer)
        self.roster.present[peer.peer_id] = Participant(peer)
        self._emit("newParticipantInConference", confId=self.roster.conf_id, **self._list.describe(peer))
        self._directory.set_status(peer, PeerStatus.BUSY if peer.hosting is None else peer.status)
        self._people_changed()

    def leave(self, peer: Peer) -> None:
        """Takes somebody out who leaves."""
        del self.roster.present[peer.peer_id]
        self.participants.gone(peer.peer_id)
        self.podium.gone(peer.peer_id)
        self.camera_control.gone(peer.peer_id)
        self._emit("participantLeftConference", peerId=peer.peer_id)
        self._directory.release(peer)
        self._people_changed()
        self._tell_others(peer, "take_out")

    def kick(self, peer_id: str) -> None:
        """Removes somebody from the room's conference."""
        peer = self.roster.member_of_mine(peer_id)
        self._act(Outgoing("leave", peer.peer_id))
        self.leave(peer)

    def advance(self) -> None:
        """Does what is due in any of its parts."""
        self.admission.advance()
        self.podium.advance()
        self.camera_control.advance()

    def over(self) -> None:
        """Ends every request that still waits for an answer."""
        self.podium.over()
        self.camera_control.over()

    def _introduce(self, peer: Peer) -> None:
        """Makes somebody who comes into the room's conference known to those who are there, and the other way round."""
        self._tell_others(peer, "bring")
        for other in self.roster.members if self.roster.mine else ():
            self._act(Outgoing("bring", peer.peer_id, {"who": other.peer_id}))

    def _tell_others(self, peer: Peer, verb: str) -> None:
        for other in self.roster.members if self.roster.mine else ():
            self._act(Outgoing(verb, other.peer_id, {"who": peer.peer_id}))

    def _people_changed(self) -> None:
        self._matrix_changed()
        self.participants.report_receivers()
