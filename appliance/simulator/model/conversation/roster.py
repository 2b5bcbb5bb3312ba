"""One call or conference: what it is, who owns it, and who is in it."""

from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.model.conversation.participant import Participant
from appliance.simulator.model.people.directory import Directory, Peer
from appliance.terminal.messages.enums import CallDirection, ConferenceType


class Roster:
    """What a conference is and who is in it besides the room, by the id under which the server knows them.

    `peer_id` is the other side of a call, or whose conference the room was asked into; `owner` owns a group
    conference, and is empty for a point-to-point call.
    """

    def __init__(
        self,
        directory: Directory,
        room_id: str,
        *,
        conf_id: str,
        type: ConferenceType,  # noqa: A002  # the wire's word, and ours
        direction: CallDirection,
        peer_id: str,
        title: str = "",
        owner: str = "",
        auto_join: bool = False,
    ) -> None:
        self._directory = directory
        self._room_id = room_id
        self.conf_id = conf_id
        self.type = type
        self.direction = direction
        self.peer_id = peer_id
        self.title = title
        self.owner = owner
        self.auto_join = auto_join
        self.in_waiting_room = False  # whether the room waits to be let in
        self.moderated = False  # whether the owner has made the room a moderator
        self.goes_on = False  # without the room, which has left it to the others
        self.present: dict[str, Participant] = {}

    @property
    def group(self) -> bool:
        """Whether it is a group conference."""
        return self.type is not ConferenceType.POINT_TO_POINT

    @property
    def mine(self) -> bool:
        """Whether it is a group conference that the room owns."""
        return self.group and self.owner == self._room_id

    @property
    def members(self) -> list[Peer]:
        """Everybody in it besides the room, in the order in which they came."""
        return [participant.peer for participant in self.present.values()]

    def find(self, peer_id: str) -> Participant:
        """Returns a participant whom a client names; refused if they are not in the conference."""
        known_as = self._directory.party(peer_id)["peerId"]
        if known_as not in self.present:
            raise Refused(errors.NOT_IN_CONFERENCE)
        return self.present[known_as]

    def there(self, peer: Peer) -> Participant:
        """Returns a participant whom the far side names; raises `Impossible` if they are not in the conference."""
        if peer.peer_id not in self.present:
            raise Impossible(f"{peer.peer_id} is not in a conference with the room")
        return self.present[peer.peer_id]

    def member_of_mine(self, peer_id: str) -> Peer:
        """Returns a member of a conference that the room owns; refused otherwise."""
        self.require_mine()
        peer = self._directory.find(peer_id)
        if peer is None or peer.peer_id not in self.present:
            raise Refused(errors.NOT_IN_CONFERENCE)
        return peer

    def receivers(self) -> list[dict[str, Any]]:
        """Returns the streams that the room receives, as the wire lists them."""
        return [{**self._directory.party(i), **p.receiver()} for i, p in self.present.items()]

    def require_mine(self) -> None:
        """Refuses if the room does not own it."""
        if not self.mine:
            raise Refused(errors.NOT_OWNER)

    def require_lead(self) -> None:
        """Refuses if the room neither owns nor moderates it."""
        if not (self.mine or self.moderated):
            raise Refused(errors.NOT_ALLOWED)
