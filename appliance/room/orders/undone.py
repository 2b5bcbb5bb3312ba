"""What the room takes back when nothing comes of an order: what it expected of it, or remembered for later.

An order comes to nothing in three ways. It is never sent (too much waits, or a later order makes it pointless), or the
terminal refuses it: then it is certain that nothing was done. Or no reply comes: then the terminal may have done it all
the same. What only helps a person to act again is taken back in each case. What says how a call ended, or what is
unmuted later, is taken back only where it is certain.

A movement of the camera stays: whatever began it also stops it, and a stop that nobody needs costs nothing.
"""

from collections.abc import Iterable, Mapping

from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, HangUp, PutOnHold, Resume
from appliance.room.intents.conference import AcceptRequest, AskForPodium, DeclineRequest, LeavePodium, MakeRemark
from appliance.room.intents.media import SetVolume
from appliance.room.local_events.awaited import VolumeDropped
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.call import CallDropped, CallNotTaken, HangUpRefused, HoldRefused, ResumeRefused
from appliance.room.local_events.conference import AnswerDropped, PodiumSettled
from appliance.room.parts.call import Muted
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.devices import SetAudioMute, SetMicMute, SetVideoMute

_DEVICES: Mapping[type[Command], Muted] = {
    SetMicMute: Muted.MIC,
    SetAudioMute: Muted.AUDIO,
    SetVideoMute: Muted.VIDEO,
}


def unanswered(intent: Intent) -> LocalEvent | None:
    """Returns what is taken back of an intent that came to nothing, as far as anybody knows."""
    match intent:
        case Call(peer_id=peer_id):
            return CallDropped(peer_id)
        case AcceptRequest(request=request) | DeclineRequest(request=request):
            return AnswerDropped(request)
        case AskForPodium() | LeavePodium() | MakeRemark():
            return PodiumSettled()
        case SetVolume(level=level):
            return VolumeDropped(level)
        case _:
            return None


def undone(intent: Intent, commands: Iterable[Command]) -> LocalEvent | None:
    """Returns what is taken back of an intent of which these commands were certainly not carried out."""
    match intent:
        case HangUp():
            return HangUpRefused()
        case Answer():
            return CallNotTaken()
        case PutOnHold():
            return HoldRefused(_muted(commands))
        case Resume():
            return ResumeRefused(_muted(commands))
        case _:
            return unanswered(intent)


def _muted(commands: Iterable[Command]) -> frozenset[Muted]:
    return frozenset(_DEVICES[type(command)] for command in commands if type(command) in _DEVICES)
