"""What other people do in a conference, or without one: speak, record, write, send files, control cameras."""

from appliance.simulator.model.calls.calls import Calls
from appliance.simulator.model.calls.camera_control import OutgoingRefusal
from appliance.simulator.model.calls.conference import Conference
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.conversation.participant import Participant
from appliance.simulator.model.media.camera import AxisName
from appliance.simulator.model.messaging.chats import Chats
from appliance.simulator.model.messaging.transfers import Transfers
from appliance.simulator.model.people.directory import Directory, Peer


class MeetingSide:
    """Each method takes the id of who does it; what they cannot do now raises `Impossible`."""

    def __init__(
        self,
        calls: Calls,
        current: CurrentCall,
        *,
        directory: Directory,
        chats: Chats,
        transfers: Transfers,
        emit: Emit,
    ) -> None:
        self._calls = calls
        self._current = current
        self._directory = directory
        self._chats = chats
        self._transfers = transfers
        self._emit = emit

    def say(self, peer_id: str, text: str, *, to_all: bool) -> None:
        """Writes to the room, or to everybody in the group conference."""
        known_as = self._known_as(peer_id)
        if to_all:
            self._chats.received_by_all(known_as, text)
        else:
            self._chats.received(known_as, text)

    def command(self, peer_id: str, command: str) -> None:
        """Sends the room a command."""
        self._chats.command_received(self._known_as(peer_id), command)

    def send_file(self, peer_id: str, name: str, content: bytes, *, number: int | None = None) -> None:
        """Offers the room a file; `number` is that of the transfer in another room."""
        self._transfers.offered(self._known_as(peer_id), name, content, number)

    def answer_file(self, peer_id: str, number: int, *, taken: bool) -> None:
        """Takes or refuses a file of the room, by its number here."""
        self._transfers.answered(self._known_as(peer_id), number, taken=taken)

    def mute(self, peer_id: str, device: str, *, mute: bool) -> None:
        """Mutes or unmutes their own `mic` or `video`."""
        self._conference().participants.switched(self._there(peer_id), device, on=not mute)

    def show(self, peer_id: str, extra: int) -> None:
        """Sends the camera (0), content beside it (1), or a camera and nothing else (2)."""
        self._conference().participants.shows(self._there(peer_id), extra)

    def slide_show(self, peer_id: str, title: str) -> None:
        """Starts a slide show, or (no title) ends it."""
        self._conference().participants.slide_show(self._there(peer_id), title)

    def ask_to_speak(self, peer_id: str) -> None:
        """Asks the room, which owns the conference, for the podium."""
        self._conference().podium.asked_by(self._there(peer_id).peer.peer_id)

    def invite_to_speak(self, peer_id: str) -> None:
        """Invites the room to the podium, which only the owner may."""
        self._conference().podium.invited_by(self._there(peer_id).peer.peer_id)

    def let_speak(self, peer_id: str, *, allow: bool) -> None:
        """Answers the room's request for the podium, or its invitation to it."""
        self._conference().podium.answered_by(self._there(peer_id).peer.peer_id, allow=allow)

    def bring(self, peer_id: str, who: str) -> None:
        """Lets somebody else into their conference, which only the owner may; does nothing if they are in it."""
        guest = self._guest(peer_id, who)
        if guest.peer_id not in self._conference().roster.present:
            self._conference().enter(guest)

    def take_out(self, peer_id: str, who: str) -> None:
        """Tells that somebody else is no longer in their conference, which only the owner may."""
        guest = self._guest(peer_id, who)
        if guest.peer_id in self._conference().roster.present:
            self._conference().leave(guest)

    def stand(self, peer_id: str, *, on: bool, who: str = "") -> None:
        """Steps on the podium or off it, or (`who`) tells that somebody else has."""
        subject = self._there(who or peer_id).peer.peer_id
        self._conference().podium.stepped(subject, on=on)

    def send_off_podium(self, peer_id: str) -> None:
        """Sends the room off the podium, which only the owner may."""
        self._conference().podium.sent_off_by(self._there(peer_id).peer.peer_id)

    def make_moderator(self, peer_id: str, *, moderator: bool) -> None:
        """Makes the room a moderator, or revokes that, which only the owner may."""
        if self._known_as(peer_id) != self._conference().roster.owner:
            raise Impossible(f"{peer_id} does not own the conference")
        self._conference().roster.moderated = moderator

    def waiting_room(self, peer_id: str, *, inside: bool) -> None:
        """Puts the room into the waiting room of their group conference, or lets it in, which only the owner may."""
        roster = self._conference().roster
        if not roster.group or self._known_as(peer_id) != roster.owner:
            raise Impossible(f"{peer_id} does not own the conference")
        if roster.in_waiting_room != inside:
            roster.in_waiting_room = inside
            self._emit("myStateInWaitingRoomChanged", confId=roster.conf_id, isInWaitingRoom=inside)

    def ask_to_record(self, peer_id: str) -> None:
        """Asks to record the room."""
        self._conference().participants.asks_to_record(self._there(peer_id))

    def stop_recording(self, peer_id: str) -> None:
        """Ends recording the room."""
        if not self._there(peer_id).records:
            raise Impossible(f"{peer_id} does not record the room")
        self._conference().participants.records(self._there(peer_id), on=False)

    def ask_for_camera(self, peer_id: str) -> None:
        """Asks to control the room's camera."""
        self._conference().camera_control.asked_by(self._there(peer_id).peer.peer_id)

    def give_camera(self, peer_id: str, *, allow: bool, reason: OutgoingRefusal) -> None:
        """Lets the room control their own camera, rejects that, or takes it back."""
        control = self._conference().camera_control
        control.answered_by(self._there(peer_id).peer.peer_id, allow=allow, reason=reason)

    def drive_camera(self, peer_id: str, axis: AxisName, direction: int) -> None:
        """Moves the room's camera: -1, +1, or 0 to stop."""
        self._conference().camera_control.driven_by(self._there(peer_id).peer.peer_id, axis, direction)

    def nudge_camera(self, peer_id: str, axis: AxisName, direction: int) -> None:
        """Moves the room's camera a little: -1 or +1."""
        self._conference().camera_control.nudged_by(self._there(peer_id).peer.peer_id, axis, direction)

    def change_avatar(self, peer_id: str) -> None:
        """Changes their avatar."""
        self._directory.peer(peer_id).avatar += 1
        self._emit("updateAvatar", peerId=self._known_as(peer_id))

    def _known_as(self, peer_id: str) -> str:
        return self._directory.peer(peer_id).peer_id

    def _conference(self) -> Conference:
        conference = self._calls.conference
        if conference is None or not self._current.in_conference:
            raise Impossible("the room is not in a conference")
        return conference

    def _guest(self, peer_id: str, who: str) -> Peer:
        if self._known_as(peer_id) != self._conference().roster.owner:
            raise Impossible(f"{peer_id} does not own the conference")
        return self._directory.peer(who)

    def _there(self, peer_id: str) -> Participant:
        return self._conference().roster.there(self._directory.peer(peer_id))
