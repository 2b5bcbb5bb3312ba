"""The verbs of peers for the control interface and scenarios: what each does, and its body."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec

from appliance.simulator.model.media.camera import AxisName
from appliance.simulator.process.peer_handle import PeerHandle

SIZE_LIMIT = 16 * 1024 * 1024  # bytes of a file that a peer sends


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body without fields."""


class CallBody(Body, frozen=True, rename="camel"):
    """How a peer calls: `confType` is that of the wire, `title` that of a group conference."""

    conf_type: Annotated[int, msgspec.Meta(ge=0, le=3)] = 0
    title: str = ""


class LeaveBody(Body, frozen=True, rename="camel"):
    """Whether a conference of their own ends for everybody."""

    for_all: bool = True


class HostBody(Body, frozen=True, rename="camel"):
    """The conference that a peer opens; with a password (`pin`) the room needs that to join."""

    conf_type: Annotated[int, msgspec.Meta(ge=1, le=3)] = 1
    title: str = ""
    pin: str = ""


class RejectBody(Body, frozen=True):
    """Why a peer declines, as `rejectReceived` says it."""

    cause: Annotated[int, msgspec.Meta(ge=0, le=255)] = 0


class SayBody(Body, frozen=True, rename="camel"):
    """A message to the room, or to everybody in the conference."""

    text: str
    to_all: bool = False


class CommandBody(Body, frozen=True):
    """A command to the room."""

    command: str


class FileBody(Body, frozen=True):
    """A file that a peer offers; `size` in bytes."""

    name: str
    size: Annotated[int, msgspec.Meta(ge=0, le=SIZE_LIMIT)] = 100_000


class DeviceMuteBody(Body, frozen=True):
    """What a participant mutes or unmutes of their own."""

    device: Literal["mic", "video"] = "mic"
    mute: bool = True


class ShowBody(Body, frozen=True):
    """Which video a participant sends, as `extraVideo` says it."""

    extra: Annotated[int, msgspec.Meta(ge=0, le=2)]


class TitleBody(Body, frozen=True):
    """The title of a slide show; an empty one ends it."""

    title: str = ""


class AllowBody(Body, frozen=True):
    """An answer."""

    allow: bool = True


class StandBody(Body, frozen=True):
    """Whether a participant is on the podium."""

    on: bool = True


class CameraAnswerBody(Body, frozen=True):
    """An answer about a camera; `reason` of a refusal is that of the wire."""

    allow: bool = True
    reason: Annotated[int, msgspec.Meta(ge=0, le=5)] = 0


class ModeratorBody(Body, frozen=True):
    """Whether the room moderates."""

    moderator: bool = True


class WaitingRoomBody(Body, frozen=True):
    """Whether the room is in the waiting room."""

    inside: bool = True


class DriveBody(Body, frozen=True):
    """How the room's camera is moved: -1, +1, or 0 to stop."""

    axis: AxisName
    direction: Annotated[int, msgspec.Meta(ge=-1, le=1)]


Verb = tuple[type[Any], Callable[[PeerHandle, Any], None]]

VERBS: dict[str, Verb] = {
    "call": (CallBody, lambda peer, body: peer.call(body.conf_type, body.title)),
    "answer": (Body, lambda peer, _body: peer.answer()),
    "reject": (RejectBody, lambda peer, body: peer.reject(body.cause)),
    "busy": (Body, lambda peer, _body: peer.busy()),
    "leave": (LeaveBody, lambda peer, body: peer.leave(for_all=body.for_all)),
    "offline": (Body, lambda peer, _body: peer.offline()),
    "online": (Body, lambda peer, _body: peer.online()),
    "host": (HostBody, lambda peer, body: peer.host(body.conf_type, body.title, body.pin)),
    "say": (SayBody, lambda peer, body: peer.say(body.text, to_all=body.to_all)),
    "command": (CommandBody, lambda peer, body: peer.command(body.command)),
    "sendFile": (FileBody, lambda peer, body: peer.send_file(body.name, body.size)),
    "mute": (DeviceMuteBody, lambda peer, body: peer.mute(body.device, mute=body.mute)),
    "show": (ShowBody, lambda peer, body: peer.show(body.extra)),
    "slideShow": (TitleBody, lambda peer, body: peer.slide_show(body.title)),
    "askToSpeak": (Body, lambda peer, _body: peer.ask_to_speak()),
    "inviteToSpeak": (Body, lambda peer, _body: peer.invite_to_speak()),
    "letSpeak": (AllowBody, lambda peer, body: peer.let_speak(allow=body.allow)),
    "stand": (StandBody, lambda peer, body: peer.stand(on=body.on)),
    "sendOffPodium": (Body, lambda peer, _body: peer.send_off_podium()),
    "makeModerator": (ModeratorBody, lambda peer, body: peer.make_moderator(moderator=body.moderator)),
    "waitingRoom": (WaitingRoomBody, lambda peer, body: peer.waiting_room(inside=body.inside)),
    "askToRecord": (Body, lambda peer, _body: peer.ask_to_record()),
    "stopRecording": (Body, lambda peer, _body: peer.stop_recording()),
    "askForCamera": (Body, lambda peer, _body: peer.ask_for_camera()),
    "giveCamera": (CameraAnswerBody, lambda peer, body: peer.give_camera(allow=body.allow, reason=body.reason)),
    "driveCamera": (DriveBody, lambda peer, body: peer.drive_camera(body.axis, body.direction)),
    "changeAvatar": (Body, lambda peer, _body: peer.change_avatar()),
}
