"""One peer as tests, scenarios and the control interface act for them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from appliance.simulator.model.calls.camera_control import OutgoingRefusal
from appliance.simulator.model.media.camera import AxisName
from appliance.simulator.model.terminal import Terminal
from appliance.terminal.messages.enums import ConferenceType, RejectCause


class PeerHandle:
    """One peer's verbs; each happens at once. `changing` is that of the simulator."""

    def __init__(self, changing: Callable[[], AbstractContextManager[Terminal]], peer_id: str) -> None:
        self._changing = changing
        self._peer_id = peer_id

    def call(self, kind: ConferenceType | int = ConferenceType.POINT_TO_POINT, title: str = "") -> None:
        """Calls the room, invites it into a group conference (`kind` 1 to 3), or asks to join the room's own."""
        with self._changing() as terminal:
            terminal.far_side.call(self._peer_id, ConferenceType(kind), title)

    def answer(self) -> None:
        """Accepts the room's call or invitation, or lets the room into their conference."""
        with self._changing() as terminal:
            terminal.far_side.answer(self._peer_id)

    def reject(self, cause: RejectCause | int = RejectCause.REJECTED) -> None:
        """Declines the room's call, for any cause."""
        with self._changing() as terminal:
            terminal.far_side.reject(self._peer_id, RejectCause(cause))

    def busy(self) -> None:
        """Declines as busy; without a call they are busy from now on."""
        with self._changing() as terminal:
            terminal.far_side.busy(self._peer_id)

    def leave(self, *, for_all: bool = True) -> None:
        """Leaves the conversation, stops calling, or ends their own conference; not `for_all`, it goes on."""
        with self._changing() as terminal:
            terminal.far_side.leave(self._peer_id, for_all=for_all)

    def offline(self) -> None:
        """Disappears from the server."""
        with self._changing() as terminal:
            terminal.far_side.offline(self._peer_id)

    def online(self) -> None:
        """Comes back to the server, or is available again."""
        with self._changing() as terminal:
            terminal.far_side.online(self._peer_id)

    def host(self, kind: ConferenceType | int = ConferenceType.SYMMETRIC, title: str = "", pin: str = "") -> None:
        """Opens a group conference of their own, which the room may ask to join, or join with its password."""
        with self._changing() as terminal:
            terminal.far_side.host(self._peer_id, ConferenceType(kind), title, pin)

    # in a conference, or without one

    def say(self, text: str, *, to_all: bool = False) -> None:
        """Writes to the room, or to everybody in the group conference."""
        with self._changing() as terminal:
            terminal.meeting_side.say(self._peer_id, text, to_all=to_all)

    def command(self, command: str) -> None:
        """Sends the room a command."""
        with self._changing() as terminal:
            terminal.meeting_side.command(self._peer_id, command)

    def send_file(
        self, name: str, size: int = 100_000, *, content: bytes | None = None, number: int | None = None
    ) -> None:
        """Offers the room a file: `content`, or `size` bytes; another room waits for an answer under `number`."""
        with self._changing() as terminal:
            data = bytes(size) if content is None else content
            terminal.meeting_side.send_file(self._peer_id, name, data, number=number)

    def take_file(self, number: int) -> None:
        """Takes a file that the room offers, by its number there."""
        with self._changing() as terminal:
            terminal.meeting_side.answer_file(self._peer_id, number, taken=True)

    def refuse_file(self, number: int) -> None:
        """Refuses a file that the room offers, by its number there."""
        with self._changing() as terminal:
            terminal.meeting_side.answer_file(self._peer_id, number, taken=False)

    def mute(self, device: str = "mic", *, mute: bool = True) -> None:
        """Mutes or unmutes their own `mic` or `video`."""
        with self._changing() as terminal:
            terminal.meeting_side.mute(self._peer_id, device, mute=mute)

    def show(self, extra: int) -> None:
        """Sends the camera (0), content beside it (1), or a camera and nothing else (2)."""
        with self._changing() as terminal:
            terminal.meeting_side.show(self._peer_id, extra)

    def slide_show(self, title: str) -> None:
        """Starts a slide show, or (no title) ends it."""
        with self._changing() as terminal:
            terminal.meeting_side.slide_show(self._peer_id, title)

    def ask_to_speak(self) -> None:
        """Asks the room, which owns the conference, for the podium."""
        with self._changing() as terminal:
            terminal.meeting_side.ask_to_speak(self._peer_id)

    def invite_to_speak(self) -> None:
        """Invites the room to the podium, which only the owner may."""
        with self._changing() as terminal:
            terminal.meeting_side.invite_to_speak(self._peer_id)

    def let_speak(self, *, allow: bool = True) -> None:
        """Answers the room's request for the podium, or its invitation to it."""
        with self._changing() as terminal:
            terminal.meeting_side.let_speak(self._peer_id, allow=allow)

    def bring(self, who: str) -> None:
        """Lets somebody else into their own conference."""
        with self._changing() as terminal:
            terminal.meeting_side.bring(self._peer_id, who)

    def take_out(self, who: str) -> None:
        """Tells that somebody else has left their own conference."""
        with self._changing() as terminal:
            terminal.meeting_side.take_out(self._peer_id, who)

    def stand(self, *, on: bool = True, who: str = "") -> None:
        """Steps on the podium or off it, or (`who`) tells that somebody else has."""
        with self._changing() as terminal:
            terminal.meeting_side.stand(self._peer_id, on=on, who=who)

    def send_off_podium(self) -> None:
        """Sends the room off the podium, which only the owner may."""
        with self._changing() as terminal:
            terminal.meeting_side.send_off_podium(self._peer_id)

    def make_moderator(self, *, moderator: bool = True) -> None:
        """Makes the room a moderator, or revokes that, which only the owner may."""
        with self._changing() as terminal:
            terminal.meeting_side.make_moderator(self._peer_id, moderator=moderator)

    def waiting_room(self, *, inside: bool = True) -> None:
        """Puts the room into the waiting room of their conference, or lets it in, which only the owner may."""
        with self._changing() as terminal:
            terminal.meeting_side.waiting_room(self._peer_id, inside=inside)

    def ask_to_record(self) -> None:
        """Asks to record the room."""
        with self._changing() as terminal:
            terminal.meeting_side.ask_to_record(self._peer_id)

    def stop_recording(self) -> None:
        """Ends recording the room."""
        with self._changing() as terminal:
            terminal.meeting_side.stop_recording(self._peer_id)

    def ask_for_camera(self) -> None:
        """Asks to control the room's camera."""
        with self._changing() as terminal:
            terminal.meeting_side.ask_for_camera(self._peer_id)

    def give_camera(self, *, allow: bool = True, reason: int = 0) -> None:
        """Lets the room control their own camera, or not (any more), for a `reason` as on the wire."""
        with self._changing() as terminal:
            terminal.meeting_side.give_camera(self._peer_id, allow=allow, reason=OutgoingRefusal(reason))

    def drive_camera(self, axis: AxisName, direction: int) -> None:
        """Moves the room's camera: -1, +1, or 0 to stop."""
        with self._changing() as terminal:
            terminal.meeting_side.drive_camera(self._peer_id, axis, direction)

    def nudge_camera(self, axis: AxisName, direction: int) -> None:
        """Moves the room's camera a little: -1 or +1."""
        with self._changing() as terminal:
            terminal.meeting_side.nudge_camera(self._peer_id, axis, direction)

    def change_avatar(self) -> None:
        """Changes their avatar."""
        with self._changing() as terminal:
            terminal.meeting_side.change_avatar(self._peer_id)
