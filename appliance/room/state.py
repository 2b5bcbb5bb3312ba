"""The room as one immutable value. Everything in it was confirmed by the terminal, except what is marked local."""

import math
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.meetings.agenda import Agenda
from appliance.room.meetings.bookings import Bookings
from appliance.room.meetings.calendar import Calendar
from appliance.room.people.book import Book
from appliance.room.presence import Presence
from appliance.room.secret import NO_SECRET, Secret
from appliance.room.update import Update
from appliance.terminal.messages.devices import Axis
from appliance.terminal.messages.enums import ConferenceType, DeviceState
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.people import Meeting, PastCall


class LinkPhase(StrEnum):
    """How the link to the terminal is (local: the appliance knows this by itself)."""

    STARTING = "starting"
    DOWN = "down"  # nothing answers, or the connection was lost; the link tries again by itself
    REFUSED = "refused"  # the terminal answers and refuses our credentials
    EVICTED = "evicted"  # another controller took over, or the account changed
    UP = "up"  # authorised, and the snapshot was read


class Reading(StrEnum):
    """A part of the room that has to be asked for: after a connect, or when a change makes it worth while."""

    ACCOUNT = "account"
    CALL = "call"
    MIC = "mic"
    AUDIO = "audio"
    VIDEO = "video"
    SETTINGS = "settings"
    CAMERA = "camera"
    SCHEDULE = "schedule"
    HISTORY = "history"
    CONTACTS = "contacts"
    REQUESTS = "requests"
    PARTICIPANTS = "participants"
    SLEEP = "sleep"  # this one where it matters, and only from newer terminals
    PRESETS = "presets"  # this and the next where the room needs them; not every terminal knows of them
    COM_PORT = "com_port"


class Link(msgspec.Struct, frozen=True):
    """State of the link and why."""

    phase: LinkPhase = LinkPhase.STARTING
    reason: Text = NOTHING
    waits_for_press: bool = False  # evicted, and the configuration says that a person decides


class Trouble(msgspec.Struct, frozen=True):
    """A link that was not up, and until when it has to be seen although it is again (monotonic seconds)."""

    link: Link
    until: float


class Phase(StrEnum):
    """Where the room is in the life of a call."""

    UNKNOWN = "unknown"  # no link, or nothing read yet
    OFFLINE = "offline"  # terminal without a server
    CONNECTING = "connecting"  # terminal connects to its server
    LOGIN_NEEDED = "login_needed"
    IDLE = "idle"
    WAITING_ROOM = "waiting_room"  # established, and the room waits to be let in: nobody hears or sees it
    WAITING = "waiting"  # calling or being called, and the terminal has not said which
    CALLING = "calling"
    RINGING = "ringing"
    IN_CALL = "in_call"
    CLOSING = "closing"


GOING_ON = frozenset({Phase.IN_CALL, Phase.WAITING_ROOM})
"""The phases in which a call is established and nobody is ending it."""


_LOOKED_AT = 640  # characters of a name, which may be any number


class Person(msgspec.Struct, frozen=True):
    """Somebody, by id and by the name the terminal shows."""

    peer_id: str
    name: str = ""

    @property
    def label(self) -> str:
        """What people are shown: the name, or the id where the name has no letter and no digit, only emoji perhaps."""
        says_something = any(character.isalnum() for character in self.name[:_LOOKED_AT])
        return self.name if says_something else self.peer_id or self.name


class Conversation(msgspec.Struct, frozen=True):
    """The call that is being set up or going on."""

    peer: Person | None = None
    type: ConferenceType | None = None  # None: not told yet
    conf_id: str = ""
    title: str = ""
    owner: str = ""
    since: float | None = None  # monotonic seconds at which it was established

    @property
    def group(self) -> bool:
        """Whether it is a group conference; only those have an owner, which tells where the type is not known yet."""
        return bool(self.owner) if self.type is None else self.type is not ConferenceType.POINT_TO_POINT


class Camera(msgspec.Struct, frozen=True):
    """The terminal's own camera, in the terminal's units."""

    pan: Axis = Axis()
    tilt: Axis = Axis()
    zoom: Axis = Axis()


class CameraAnswer(StrEnum):
    """What became of asking somebody for control of their camera."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class FarCamera(msgspec.Struct, frozen=True):
    """The camera of a participant, whom the room has asked for it."""

    owner: str
    answer: CameraAnswer


class Notice(msgspec.Struct, frozen=True):
    """A sentence for the display and when it goes away (monotonic seconds)."""

    text: Text
    until: float


class PasswordEntry(msgspec.Struct, frozen=True):
    """The password of a conference while somebody types it. What was typed stays out of every repr, log and JSON.

    `wrong`: the one before was. `until`: when the entry closes by itself, and `readable_until`: for how long the last
    character can be read (monotonic seconds).
    """

    whom: Person
    entered: Secret = NO_SECRET
    wrong: bool = False
    until: float = 0.0
    readable_until: float = 0.0


class Muted(StrEnum):
    """What can be muted."""

    MIC = "mic"
    AUDIO = "audio"
    VIDEO = "video"


class OnHold(msgspec.Struct, frozen=True):
    """A call that was put on hold, and what was on before and muted for it.

    `answered`: somebody in the room has taken another call since.
    """

    conf_id: str = ""
    muted: frozenset[Muted] = frozenset()
    answered: bool = False


class Ending(StrEnum):
    """What ended a call, as far as anybody has said."""

    UNKNOWN = "unknown"  # it is over, and the terminal has not said why
    HERE = "here"  # somebody hung up at the appliance
    PEER_LEFT = "peer_left"  # the other side of a call between two
    OWNER_LEFT = "owner_left"  # whose group conference it was
    OUT = "out"  # the room left, or was removed; the terminal does not tell the two apart
    REFUSED = "refused"  # a refusal (`rejectReceived`) says why
    SERVER_LOST = "server_lost"
    LOGGED_OUT = "logged_out"  # the terminal, of its server
    ELSEWHERE = "elsewhere"  # the same because somebody else uses its account
    LINK_LOST = "link_lost"  # the appliance's own: whether the call goes on, nobody knows
    MEANWHILE = "meanwhile"  # without a link, it was over when the link came back


class CallEnd(msgspec.Struct, frozen=True):
    """The end of a call, or what was said that will end it; `at` monotonic seconds.

    `who`: the other side, or the owner who left. `refusal`: the words of a refusal.
    """

    ending: Ending
    at: float
    who: str = ""
    refusal: Text = NOTHING


class Wish(StrEnum):
    """What somebody in a conference may ask of the room."""

    PODIUM = "podium"  # that the room comes to the podium
    REMARK = "remark"  # that the room makes a remark from its place
    SPEAK = "speak"  # to come to the podium of the room's own conference
    JOIN = "join"  # to be let into the room's own conference
    RECORD = "record"  # to record the room's picture


class Request(msgspec.Struct, frozen=True):
    """What somebody asks of the room, which may accept or decline it. Times are monotonic seconds.

    `until`: when terminals usually stop waiting; None where that is not known. `certain`: False while it may as well be
    what the room itself asked of others. `answer` (local): what was answered, which the terminal has not confirmed and
    may until `answered_until`.
    """

    wish: Wish
    who: Person
    until: float | None = None
    certain: bool = True
    answer: bool | None = None
    answered_until: float = 0.0


class Prompt(msgspec.Struct, frozen=True):
    """What the display shows that a press answers: which of it, and whom it is from.

    `shown_from` (monotonic seconds): since when it is seen, or when what covers it will be gone; None where that is not
    known.
    """

    kind: str
    who: str
    shown_from: float | None


ROOM = ""
"""In place of an id: the room itself, as who shows content."""


class Company(msgspec.Struct, frozen=True):
    """Who is in the conference with the room, by their ids as `peer_ids.whose` spells them, the room among them.

    `listed`: the terminal has listed all, so that they can be counted. `recording`: who records the room's picture.
    `content`: who shows slides, a screen or a window; the room itself has no id there.
    """

    listed: bool = False
    present: frozenset[str] = frozenset()
    recording: frozenset[str] = frozenset()
    content: frozenset[str] = frozenset()


class Attendee(msgspec.Struct, frozen=True):
    """Somebody else in a group conference, as the terminal has told; None where it has not.

    `peer_id`: as it spells it. `speaks`: whether everybody sees and hears them; told in role-based conferences alone.
    """

    peer_id: str
    name: str = ""
    mic: DeviceState | None = None
    video: DeviceState | None = None
    speaks: bool | None = None

    @property
    def label(self) -> str:
        """What people are shown."""
        return Person(self.peer_id, self.name).label


class ChatLine(msgspec.Struct, frozen=True):
    """A message of the call that goes on: who wrote it, and what. It is for those in the room alone."""

    who: Person
    text: Secret


class TonesSent(msgspec.Struct, frozen=True):
    """The DTMF tones that went out last, and until when they are shown (monotonic seconds); they may be a password."""

    symbols: Secret = NO_SECRET
    until: float = 0.0


class PodiumStep(StrEnum):
    """What the room may ask of the terminal about the podium."""

    ASK = "ask"
    LEAVE = "leave"
    REMARK = "remark"


class Podium(msgspec.Struct, frozen=True):
    """The room's own place in a role-based conference. Times are monotonic seconds.

    `speaks`: whether everybody sees and hears it, from the podium or by a remark; None: not known. `asked`: it has
    asked for the podium, and the owner has not answered. `remark_until`: when its remark ends. `pending` (local): what
    was asked of the terminal, which may say something of it until `pending_until`.
    """

    speaks: bool | None = None
    asked: bool = False
    remark_until: float | None = None
    pending: PodiumStep | None = None
    pending_until: float | None = None


class PairingCode(msgspec.Struct, frozen=True):
    """What somebody types on a screen that is to be paired with the room, and until when it is good (monotonic).

    `where`: the address of the page that takes it, for a phone that is invited; empty where a screen asks already.
    `matrix`: that address with the code as a QR code: a line for each row, `1` for each dark module.
    """

    code: Secret
    until: float
    where: str = ""
    matrix: Secret = NO_SECRET


class NewPassword(msgspec.Struct, frozen=True):
    """The new password of whoever maintains the box, and until when it is shown (monotonic)."""

    password: Secret
    until: float


class CallAsked(msgspec.Struct, frozen=True):
    """A call that was asked of the terminal, which has said nothing of it yet, and until when it may (monotonic)."""

    peer_id: str
    until: float


class Asked(msgspec.Struct, frozen=True):
    """What a press has asked of the terminal, which has not confirmed it, and until when it may (monotonic seconds).

    `confirms`: fields of the room; when one of them changes, the terminal has decided. Where there are none, its reply
    decides. `accepted`: it has replied that it will.
    """

    text: Text
    until: float
    confirms: tuple[str, ...] = ()
    accepted: bool = False


class ProgramDeed(msgspec.Struct, frozen=True):
    """What a program had the terminal do, which has accepted it and may confirm it until then (monotonic seconds).

    It is confirmed when `field` of the room is one of `values`.
    """

    text: Text
    until: float
    field: str
    values: frozenset[object]


class Stage(StrEnum):
    """How far the press of a button has come of which more may come."""

    TOGETHER = "together"  # it is down, and may be part of a chord
    PART = "part"  # it is part of a chord that was pressed: what it does by itself is not meant
    CHORD = "chord"  # the chord
    DOWN = "down"  # it is down; what it does was chosen by the state of the room as it went down
    HELD = "held"  # one of its holds is over; a longer one may come
    AGAIN = "again"  # it is up, and may be pressed a second time
    OVER = "over"  # it has done what it does, and means nothing until it is up


class Press(msgspec.Struct, frozen=True):
    """The press of a button, or a chord, of which more may come; times in monotonic seconds.

    `due`: when it is known what it is, if nothing else happens. `situation`: by which it was chosen what it does; empty
    where that does not depend on one. `chord`: which it is part of. `holds`: how many of its holds are over, where the
    last of them has not acted. `nth`: which hold of a chord comes next.
    """

    stage: Stage
    due: float = math.inf
    situation: str = ""
    chord: str = ""
    holds: int = 0
    nth: int = 0


class Running(msgspec.Struct, frozen=True):
    """A row of actions that a button has begun: which, its next step, and when that is due (monotonic seconds)."""

    gesture: str
    nth: int
    situation: str
    step: int
    at: float


class Confirming(msgspec.Struct, frozen=True):
    """What a button does only when it is confirmed: `text` says how, and until when (monotonic seconds) that counts."""

    button: str
    text: Text
    until: float


class Level(msgspec.Struct, frozen=True):
    """A volume that was asked for (0.0 to 1.0), and until when a further step begins there (monotonic seconds)."""

    value: float
    until: float


class Undisturbed(msgspec.Struct, frozen=True):
    """That the room is not to be disturbed, and until when (monotonic seconds); None: until somebody ends it."""

    until: float | None = None


class Locked(msgspec.Struct, frozen=True):
    """That nobody may use the room's inputs, and how far somebody is with the PIN.

    `wrong`: how many in a row were. `paused`: there were too many, and nothing is typed for a while. `until`: when what
    was typed is forgotten, or the pause is over (monotonic seconds); None: neither.
    """

    entered: Secret = NO_SECRET
    wrong: int = 0
    paused: bool = False
    until: float | None = None


class RoomState(msgspec.Struct, frozen=True):
    """The whole room."""

    link: Link = Link()
    phase: Phase = Phase.UNKNOWN
    conversation: Conversation | None = None
    call_waiting: Conversation | None = None  # another invitation, beside the conversation
    about_to_end: CallEnd | None = None  # what was said that ends the call which goes on
    last_end: CallEnd | None = None  # how the last call ended, or why there was none; since the appliance started
    mic_muted: bool | None = None  # None: not known
    audio_muted: bool | None = None
    video_muted: bool | None = None
    volume: float | None = None  # 0.0 to 1.0
    me: Person | None = None  # the account that the terminal is logged in with
    camera: Camera | None = None
    presets: Mapping[int, str] | None = None  # the terminal's ids of VISCA's presets; None: it has not told of any
    preset_ids: frozenset[str] = frozenset()  # of all its presets, ours among them
    presets_kept: Mapping[int, str] = {}  # local: its ids by VISCA's numbers, also those of before it was asked
    preset_pictures: Mapping[int, int] = {}  # local: marks of the pictures that there are of places, by VISCA's numbers
    far_camera: FarCamera | None = None  # the one that the room moves, or asked for last
    camera_wanted: tuple[Person, ...] = ()  # who asks to move ours
    camera_lent: frozenset[str] = frozenset()  # who may move ours, by peer id
    requests: tuple[Request, ...] = ()  # what the room is asked in its conference, the oldest first
    lists_requests: bool = False  # the terminal has listed such requests in this session: what it does not list is over
    podium: Podium = Podium()
    company: Company = Company()  # of the call that goes on
    attendees: Mapping[str, Attendee] = {}  # of the group conference, by id as `peer_ids.whose` spells it
    chat: tuple[ChatLine, ...] = ()  # the last messages of the call, the latest last; none is kept after it
    tones: TonesSent = TonesSent()
    prompt: Prompt | None = None  # local: what Call and Clear answer during a call, as `room.prompts` has it
    camera_prompt: Prompt | None = None  # local: the same of who asks to move our camera
    muted_by_owner: frozenset[Muted] = frozenset()  # of what is muted: what the owner of the conference has muted
    contacts: Book = Book()
    history: tuple[PastCall, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    calendar: Calendar | None = None  # local: of the house, beside the terminal's schedule; None: there is none yet
    agenda: Agenda = Agenda()  # local: what they say at this time of day
    bookings: Bookings = Bookings()  # local: what was decided about them at the door
    stale: Mapping[Reading, float] = {}  # what is not known, or older than the room, and since when (monotonic)
    generation: Generation = Generation.UNKNOWN  # of the terminal, as its replies have shown it
    sleeping: bool | None = None  # the terminal and its screen; None: it has not told, as older ones never do
    com_port: str = ""  # where the terminal itself drives a camera; empty: nowhere, or it has not told
    language: str = ""  # of the terminal's screen, as it calls it; empty: it has not told
    pin_renewed: bool = False  # the terminal changes the user's PIN after each call
    user_pin: bool = False  # local: that is what the appliance has authorised with
    number: str = ""  # local: what has been typed and not called yet
    password: PasswordEntry | None = None  # local: the conference that was called wants one; only while idle
    pairing: PairingCode | None = None  # local: the display shows it
    new_password: NewPassword | None = None  # local: so does it this
    on_hold: OnHold | None = None  # local: asked for; `room.hold` says whether the terminal has confirmed it
    call_asked: CallAsked | None = None  # local: the terminal has not had the time to say anything
    asked: Asked | None = None  # local: what a press asked of the terminal, unless it was a call
    deeds: tuple[ProgramDeed, ...] = ()  # local: of programs that share the session, as far as nobody has been told
    volume_asked: Level | None = None  # local: the terminal has not had the time to confirm it
    volume_shown_until: float = 0.0  # local: somebody has just turned it (monotonic)
    motion: tuple[int, int, int] = (0, 0, 0)  # local: pan, tilt, zoom as last asked of the terminal
    # local: the same of cameras of the appliance's own, by name; GET /state calls it `beside`, and others rely on that
    local_motion: Mapping[str, tuple[int, int, int]] = msgspec.field(default_factory=dict, name="beside")
    held: frozenset[str] = frozenset()  # local: inputs held down whose release means something
    presses: Mapping[str, Press] = {}  # local: of which it is not known yet what they are, by button or chord
    rows: Mapping[str, Running] = {}  # local: actions in a row that go on, by the button that has begun them
    confirming: Confirming | None = None  # local
    mute_locks: frozenset[str] = frozenset()  # local: names of speakerphones that refuse to be unmuted
    notice: Notice | None = None  # local
    undisturbed: Undisturbed | None = None  # local; None: the room may be disturbed
    locked: Locked | None = None  # local; None: anybody may use its inputs
    night: bool = False  # local: by the times that the configuration names; False while the time of day is not known
    update: Update = Update()  # local: the box's own version, as the card's update service has it
    address_until: float = 0.0  # local: somebody has asked for the appliance's address (monotonic)
    trouble: Trouble | None = None  # local: what was wrong with the link last
    offline: frozenset[str] = frozenset()  # local: names of services whose hardware is missing
    missed: Mapping[str, float] = {}  # local: until when it has to be seen that it was (monotonic), by the same names
    halted: bool = False  # local: the appliance is ending
    outputs: Mapping[
        str, bool | None
    ] = {}  # local: whether "relay lights" is on; None: not known; no key: out of reach
    presence: Presence = Presence()  # local
    touched_at: float | None = None  # local: when somebody last touched anything that the appliance has (monotonic)
    active_at: float = 0.0  # local: when a person or the terminal last did something worth waking a display (monotonic)
    surprises: int = 0  # local: how often the terminal did what the call table calls surprising
    surprise: str = ""  # local: the last of them, for the log

    @property
    def shows_content(self) -> bool:
        """Whether the room itself shows the others slides, a screen or a window, as far as the terminal has told."""
        return ROOM in self.company.content
