"""What the room answers and asks for in a conference."""

from appliance.room.intents.base import Intent
from appliance.room.parts.requests import Request


class AcceptRequest(Intent, frozen=True):
    """Do what somebody in the conference asks of the room, or let them."""

    request: Request


class DeclineRequest(Intent, frozen=True):
    """Do not do what somebody in the conference asks of the room, or do not let them."""

    request: Request


class AskForPodium(Intent, frozen=True):
    """Go to the podium, or ask its owner for it."""


class LeavePodium(Intent, frozen=True):
    """Leave the podium, or end the remark."""


class MakeRemark(Intent, frozen=True):
    """Begin a remark from the room's place."""


class MuteOthers(Intent, frozen=True):
    """The microphones of these participants of the room's own conference are off."""

    peer_ids: tuple[str, ...]


class RemovePeer(Intent, frozen=True):
    """Somebody has to leave the room's own conference."""

    peer_id: str


class InvitePeer(Intent, frozen=True):
    """Somebody is asked into the room's own conference."""

    peer_id: str
