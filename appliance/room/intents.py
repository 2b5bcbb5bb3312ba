"""What a person wants, once an input has met the state of the room. Set-to, never toggle."""

import msgspec

from appliance.language.text import Text
from appliance.room.parts.call import Muted
from appliance.room.parts.requests import Request
from appliance.room.secret import NO_SECRET, Secret
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.newer.values import NewerMatrixType


class Intent(msgspec.Struct, frozen=True):
    """Base of every intent."""


class Call(Intent, frozen=True):
    """Call a peer id or a number; `pin` is the password of a conference that wants one."""

    peer_id: str
    pin: Secret = NO_SECRET


class Answer(Intent, frozen=True):
    """Take the incoming call."""


class Decline(Intent, frozen=True):
    """Decline the incoming call."""


class HangUp(Intent, frozen=True):
    """End the call, the conference or the calling; `for_all` None where the terminal must not be told either way."""

    for_all: bool | None = None


class MuteMic(Intent, frozen=True):
    """Microphone muted or not."""

    on: bool


class MuteAudio(Intent, frozen=True):
    """Loudspeaker muted or not."""

    on: bool


class MuteVideo(Intent, frozen=True):
    """Camera muted or not."""

    on: bool


class PutOnHold(Intent, frozen=True):
    """The call rests: these are on and are muted. `muted` is empty where everything was muted already."""

    muted: frozenset[Muted]


class Resume(Intent, frozen=True):
    """A call on hold goes on: what was muted for it is on again."""

    muted: frozenset[Muted]


class SetVolume(Intent, frozen=True):
    """Loudspeaker level, 0.0 to 1.0."""

    level: float


class Tone(Intent, frozen=True):
    """One DTMF symbol."""

    symbol: str


class EditNumber(Intent, frozen=True):
    """The number being typed is now this (local: the terminal hears nothing)."""

    number: str


class EditPassword(Intent, frozen=True):
    """The password being typed is now this (local); `readable`: its last character was typed just now."""

    entered: Secret
    readable: bool = False


class ClosePassword(Intent, frozen=True):
    """The entry of a password is given up (local)."""


class Move(Intent, frozen=True):
    """The camera moves: each axis -1, 0 or +1 (right, up, in are positive); all zero is a stop."""

    pan: int = 0
    tilt: int = 0
    zoom: int = 0


class MoveTo(Intent, frozen=True):
    """The camera goes to a place in the terminal's units; None leaves an axis.

    `preset`: the terminal's own id of the place, where it has stored it.
    """

    pan: float | None = None
    tilt: float | None = None
    zoom: float | None = None
    preset: str = ""


class KeepPreset(Intent, frozen=True):
    """The terminal too stores where the camera looks, or forgets it, where it has presets; by VISCA's number."""

    number: int
    there: bool


class HomeCamera(Intent, frozen=True):
    """The camera goes to its defaults."""


class MoveLocalCamera(Intent, frozen=True):
    """A camera that the appliance controls itself moves.

    Each axis as in `Move`, None leaves it as it is; the terminal has no part in it.
    """

    camera: str
    pan: int | None = None
    tilt: int | None = None
    zoom: int | None = None


class HomeLocalCamera(Intent, frozen=True):
    """A camera that the appliance controls itself goes to its home position."""

    camera: str


class SwitchOutput(Intent, frozen=True):
    """Something that the appliance itself switches, such as "relay lights"; the terminal has no part in it.

    `seconds`: after which it is to be off again; 0: it stays as it is.
    """

    output: str
    on: bool
    seconds: float = 0


class ShowPassword(Intent, frozen=True):
    """Whoever maintains the box gets a new password, which the display shows."""


class InvitePhone(Intent, frozen=True):
    """The display shows a QR code by which a phone is paired with the room; where it does, it ceases to."""


class LendCamera(Intent, frozen=True):
    """Somebody who asked may move our camera."""

    call_id: str


class KeepCamera(Intent, frozen=True):
    """Somebody who asked may not move our camera."""

    call_id: str


class AcceptRequest(Intent, frozen=True):
    """Do what somebody in the conference asks of the room, or let them."""

    request: Request


class DeclineRequest(Intent, frozen=True):
    """Do not do what somebody in the conference asks of the room, or do not let them."""

    request: Request


class ShowPrompt(Intent, frozen=True):
    """What covers the question on the display goes away (local)."""


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


class Reclaim(Intent, frozen=True):
    """Take control of the terminal back from another controller."""


class SendCommand(Intent, frozen=True):
    """A command of the terminal's interface, as the configuration has it."""

    command: Command

    def __repr__(self) -> str:
        """Returns it without its parameters: a password may be among them."""
        return f"SendCommand({self.command.method})"


class ShareContent(Intent, frozen=True):
    """The others see a screen or window of the terminal, by its number there, or do not any more."""

    on: bool
    source: int = 1


class SetLayout(Intent, frozen=True):
    """The terminal lays the pictures of a call out in this way."""

    kind: NewerMatrixType


class SetSleep(Intent, frozen=True):
    """The terminal sleeps or wakes."""

    on: bool


class RestartTerminal(Intent, frozen=True):
    """The terminal's computer starts again."""


class SetDoNotDisturb(Intent, frozen=True):
    """The room is not to be disturbed, for so many minutes or until somebody ends it, or is again (local)."""

    on: bool
    minutes: int | None = None


class SetLocked(Intent, frozen=True):
    """Nobody may use the room's inputs any more, or anybody may again (local)."""

    on: bool


class EditLockPin(Intent, frozen=True):
    """What has been typed of the PIN that unlocks the room is now this (local)."""

    entered: Secret


class RefuseLockPin(Intent, frozen=True):
    """What was typed is not the PIN (local)."""


class ShowAddress(Intent, frozen=True):
    """The display shows the appliance's address for a while (local)."""


class AskForUpdate(Intent, frozen=True):
    """The update service installs the version that it offers; the terminal has no part in it."""

    version: str


class AskToConfirm(Intent, frozen=True):
    """What a button does wants to be confirmed; the display says how (local)."""

    button: str
    text: Text


class ConfirmationOver(Intent, frozen=True):
    """What a button does was confirmed, or is not wanted any more (local)."""


class GoOn(Intent, frozen=True):
    """The row of actions that a button has begun goes on with this step, so many seconds from now (local)."""

    button: str
    gesture: str
    nth: int
    situation: str
    step: int
    seconds: float


class StopRows(Intent, frozen=True):
    """The actions in a row that this button has begun are over; empty: those of all buttons (local)."""

    button: str = ""


class Explain(Intent, frozen=True):
    """Nothing can be done; the display says why (local)."""

    text: Text
