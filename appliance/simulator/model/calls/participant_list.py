"""The list of participants as the wire has it: who they are, their devices, their rank and role."""

from typing import Any

from appliance.simulator.model.calls.podium import Podium
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.media.equipment import Equipment, Use
from appliance.simulator.model.media.mutes import Device, Mutes
from appliance.simulator.model.people.directory import Directory, Peer
from appliance.simulator.options import SimulatorOptions
from appliance.terminal.messages.enums import ConferenceType, DeviceState

COMMON, OWNER, MODERATOR = 0, 1, 3  # `leaderType`


class ParticipantList:
    """Describes everybody in one conference, the room among them."""

    def __init__(
        self,
        options: SimulatorOptions,
        roster: Roster,
        podium: Podium,
        directory: Directory,
        equipment: Equipment,
        mutes: Mutes,
    ) -> None:
        self._options = options
        self._roster = roster
        self._podium = podium
        self._directory = directory
        self._equipment = equipment
        self._mutes = mutes

    def everybody(self) -> list[dict[str, Any]]:
        """Returns the fields of each participant, the room first."""
        return [self._room(), *(self.describe(peer) for peer in self._roster.members)]

    def describe(self, peer: Peer) -> dict[str, Any]:
        """Returns the fields of one participant."""
        participant = self._roster.present[peer.peer_id]
        party = self._directory.party(peer.peer_id)
        return {**party, **participant.describe(), **self._rank(peer.peer_id, moderator=participant.moderator)}

    def _room(self) -> dict[str, Any]:
        return {
            **self._options.me,
            "mic": int(self._own_device("audioCapturer", "mic")),
            "video": int(self._own_device("videoCapturer", "video")),
            **self._rank(self._options.room_id, moderator=self._roster.moderated),
        }

    def _own_device(self, use: Use, mute: Device) -> DeviceState:
        if not self._equipment.has(use):
            return DeviceState.ABSENT
        return DeviceState.MUTED if self._mutes.muted[mute] else DeviceState.ON

    def _rank(self, peer_id: str, *, moderator: bool) -> dict[str, Any]:
        owns = self._roster.group and peer_id == self._roster.owner
        rank = {"leaderType": OWNER if owns else MODERATOR if moderator else COMMON}
        if self._roster.type is not ConferenceType.ROLE_BASED:
            return rank
        return {**rank, "role": int(self._podium.role(peer_id)), "broadcast": self._podium.speaks(peer_id)}
