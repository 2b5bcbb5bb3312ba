"""What happens to the room on the appliance itself; the terminal has no part in it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from appliance.language.text import Text
from appliance.room.intents import Intent
from appliance.room.meetings.agenda import Agenda
from appliance.room.meetings.bookings import Bookings
from appliance.room.meetings.calendar import Calendar
from appliance.room.parts.awaited import ProgramDeed
from appliance.room.parts.call import Muted
from appliance.room.parts.camera import FarCamera
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.link import Link
from appliance.room.parts.podium import PodiumStep
from appliance.room.parts.presses import Confirming, Press, Running
from appliance.room.parts.reading import Reading
from appliance.room.parts.requests import Request
from appliance.room.secret import NO_SECRET, Secret
from appliance.room.update import Update
from appliance.terminal.messages.base import Command


class LocalEvent(msgspec.Struct, frozen=True):
    """Base of every local event."""


class LinkChanged(LocalEvent, frozen=True):
    """The link to the terminal is different now; a `Snapshot` by itself says that it is up."""

    link: Link


class Authorised(LocalEvent, frozen=True):
    """The terminal has let the appliance in; `user_pin`: as the user, with a PIN."""

    user_pin: bool


class Answered(LocalEvent, frozen=True):
    """The terminal has answered a question that was asked to read something.

    `reply` is of the question's reply type. `up_to_date`: nothing has made the question worth asking again since.
    """

    question: Command
    reply: Any
    up_to_date: bool = True


class AnswerRefused(LocalEvent, frozen=True):
    """The terminal refuses to answer a question that was asked to read something."""

    question: Command


class ReadingWanted(LocalEvent, frozen=True):
    """A part that only some rooms need is to be read."""

    reading: Reading


class PresetStored(LocalEvent, frozen=True):
    """The terminal has stored one of VISCA's presets under an id of its own."""

    number: int
    preset_id: str


class PresetsRemembered(LocalEvent, frozen=True):
    """The ids under which the terminal has stored VISCA's presets, by number, as a file has kept them."""

    ids: Mapping[int, str]


class PresetPictured(LocalEvent, frozen=True):
    """There is a picture of the place under this number; `mark` is another with each picture, and 0 without one."""

    number: int
    mark: int


class NumberEdited(LocalEvent, frozen=True):
    """The number being typed is now this."""

    number: str


class CallAsked(LocalEvent, frozen=True):
    """A call was asked of the terminal, which may say something of it until then (monotonic seconds)."""

    peer_id: str
    until: float


class CallDropped(LocalEvent, frozen=True):
    """The terminal did not take the call that was asked of it, or nobody wants it any more.

    `peer_id`: whom it was for; empty: whoever it was.
    """

    peer_id: str = ""


class HungUp(LocalEvent, frozen=True):
    """Somebody in the room hangs up, or no longer wants the call that was asked of the terminal."""


class HangUpRefused(LocalEvent, frozen=True):
    """The terminal was not told to hang up, or has refused to."""


class AskedAccepted(LocalEvent, frozen=True):
    """The terminal has replied that it will do what was asked."""

    intent: Intent


class AskedFailed(LocalEvent, frozen=True):
    """The terminal refused what was asked, or did not reply."""

    intent: Intent


class AskedOver(LocalEvent, frozen=True):
    """What was asked is not waited for any longer."""


class Unconfirmed(LocalEvent, frozen=True):
    """The terminal accepted what was asked, and has not confirmed it in time."""


class PasswordEdited(LocalEvent, frozen=True):
    """The password being typed is now this; `readable`: its last character was typed just now."""

    entered: Secret
    readable: bool


class PasswordClosed(LocalEvent, frozen=True):
    """The entry of a password was given up, or its time is over."""


class FarCameraIs(LocalEvent, frozen=True):
    """Whose camera the room asks for, or found that it moves already."""

    camera: FarCamera | None


class CallHeld(LocalEvent, frozen=True):
    """The call was put on hold; what of the room was on, and is muted for it."""

    muted: frozenset[Muted]


class CallResumed(LocalEvent, frozen=True):
    """The hold was ended."""


class HoldRefused(LocalEvent, frozen=True):
    """The terminal was not told to mute these for the hold, or has refused to."""

    muted: frozenset[Muted]


class ResumeRefused(LocalEvent, frozen=True):
    """The terminal was not told to unmute these after the hold, or has refused to."""

    muted: frozenset[Muted]


class CallTaken(LocalEvent, frozen=True):
    """Somebody in the room takes the call that comes in."""


class CallNotTaken(LocalEvent, frozen=True):
    """The terminal was not told to take the call that comes in, or has refused to."""


class PromptShown(LocalEvent, frozen=True):
    """What a press has not answered because it was covered is shown instead."""


class SecondCallOver(LocalEvent, frozen=True):
    """Who called beside a call that is over has not begun to ring."""


class RequestAnswered(LocalEvent, frozen=True):
    """What the room is asked was answered; the terminal may confirm that until then (monotonic seconds)."""

    request: Request
    accept: bool
    until: float


class AnswerDropped(LocalEvent, frozen=True):
    """The terminal did not take the answer, or said nothing of it: the room is still asked, or is again."""

    request: Request


class RequestDoubted(LocalEvent, frozen=True):
    """Terminals no longer wait for an answer by now: whether this one still does, it has to be asked."""

    request: Request


class PodiumPending(LocalEvent, frozen=True):
    """A step about the podium was asked of the terminal, which may say something of it until then (monotonic)."""

    step: PodiumStep
    until: float


class PodiumSettled(LocalEvent, frozen=True):
    """The terminal did not take what was asked of it about the podium, or said nothing of it."""


class PodiumDoubted(LocalEvent, frozen=True):
    """Owners have usually answered by now: whether the room's request still waits, the terminal has to be asked."""


class VolumeAsked(LocalEvent, frozen=True):
    """What volume was asked of the terminal; until a monotonic time in seconds, the next step begins there."""

    level: float
    until: float


class VolumeDropped(LocalEvent, frozen=True):
    """Nothing came of the volume that was asked of the terminal."""

    level: float


class MotionAsked(LocalEvent, frozen=True):
    """What movement was asked of the camera; each axis -1, 0 or +1."""

    pan: int
    tilt: int
    zoom: int


class LocalMotionAsked(LocalEvent, frozen=True):
    """What movement was asked of a camera that the appliance controls itself; None leaves an axis as it was."""

    camera: str
    pan: int | None
    tilt: int | None
    zoom: int | None


class OutputIs(LocalEvent, frozen=True):
    """Something that the appliance switches, such as "relay lights", is on or off; None: nobody knows."""

    output: str
    on: bool | None


class OutputGone(LocalEvent, frozen=True):
    """Something that the appliance switches cannot be switched any more."""

    output: str


class SensorSees(LocalEvent, frozen=True):
    """A sensor of presence sees somebody, or nobody any more."""

    sensor: str
    somebody: bool


class PresenceIs(LocalEvent, frozen=True):
    """Somebody is in the room, nobody is, or (None) that is not known any more."""

    somebody: bool | None


class PairingBegun(LocalEvent, frozen=True):
    """A screen is to be paired with the room: the display shows this code until a monotonic time in seconds.

    `where`, `matrix`: see `PairingCode`.
    """

    code: Secret
    until: float
    where: str = ""
    matrix: Secret = NO_SECRET


class PairingOver(LocalEvent, frozen=True):
    """The code is good no longer."""


class InputsHeld(LocalEvent, frozen=True):
    """These inputs are held down, and their release means something."""

    held: frozenset[str]


class PressesAre(LocalEvent, frozen=True):
    """These presses are not known yet to be what they are, by button."""

    presses: Mapping[str, Press]


class RowGoesOn(LocalEvent, frozen=True):
    """The row of actions that a button has begun has a next step."""

    button: str
    running: Running


class RowsOver(LocalEvent, frozen=True):
    """The actions in a row that this button has begun are over; empty: those of all buttons."""

    button: str = ""


class ConfirmationAsked(LocalEvent, frozen=True):
    """What a button does wants to be confirmed."""

    confirming: Confirming


class ConfirmationOver(LocalEvent, frozen=True):
    """What a button does was confirmed, or is not wanted any more."""


class MuteLocked(LocalEvent, frozen=True):
    """A speakerphone keeps its microphone muted whatever the terminal says, or does so no more."""

    speakerphone: str
    on: bool


class ProgramDid(LocalEvent, frozen=True):
    """The terminal has accepted what a program wanted."""

    deed: ProgramDeed


class DeedsOver(LocalEvent, frozen=True):
    """These deeds of programs have been told, or nothing came of them."""

    deeds: tuple[ProgramDeed, ...]


class NoticeShown(LocalEvent, frozen=True):
    """A sentence for the display, until a monotonic time in seconds."""

    text: Text
    until: float


class NoticeExpired(LocalEvent, frozen=True):
    """It is time to take the notice away, unless a newer one has come."""


class DisturbanceChanged(LocalEvent, frozen=True):
    """The room is not to be disturbed, or (None) may be again."""

    undisturbed: Undisturbed | None


class LockChanged(LocalEvent, frozen=True):
    """Nobody may use the room's inputs any more, or anybody may again."""

    on: bool


class LockPinEdited(LocalEvent, frozen=True):
    """What has been typed of the PIN that unlocks the room is now this."""

    entered: Secret


class LockPinRefused(LocalEvent, frozen=True):
    """What was typed is not the PIN."""


class LockTimeOver(LocalEvent, frozen=True):
    """It is time to forget what was typed of the PIN, or to let somebody type again."""


class NightIs(LocalEvent, frozen=True):
    """It is night by the configuration's times, or day."""

    on: bool


class AgendaIs(LocalEvent, frozen=True):
    """What the schedule says is this now."""

    agenda: Agenda


class CalendarIs(LocalEvent, frozen=True):
    """The calendar of the house says this."""

    calendar: Calendar


class BookingsAre(LocalEvent, frozen=True):
    """What was decided about the room's bookings at its door is this now."""

    bookings: Bookings


class BookingsRemembered(LocalEvent, frozen=True):
    """What was decided about the room's bookings before the appliance started."""

    bookings: Bookings


class AddressShown(LocalEvent, frozen=True):
    """The display shows the appliance's address, until a monotonic time in seconds."""

    until: float


class PasswordMade(LocalEvent, frozen=True):
    """Whoever maintains the box has this new password: the display shows it until a monotonic time in seconds."""

    password: Secret
    until: float


class PasswordShown(LocalEvent, frozen=True):
    """The new password of whoever maintains the box was shown for long enough."""


class UpdateIs(LocalEvent, frozen=True):
    """What the card's update service says of the box's version is this now."""

    update: Update


class FaultsSeen(LocalEvent, frozen=True):
    """It is time to forget faults that are over, as far as they have been shown for long enough."""


class ServiceOffline(LocalEvent, frozen=True):
    """The hardware of a service is missing."""

    name: str


class ServiceOnline(LocalEvent, frozen=True):
    """The hardware of a service is back."""

    name: str


class Halted(LocalEvent, frozen=True):
    """The appliance is ending."""
