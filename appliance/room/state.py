"""The room as one immutable value. Everything in it was confirmed by the terminal, except what is marked local."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from appliance.room.meetings.agenda import Agenda
from appliance.room.meetings.bookings import Bookings
from appliance.room.meetings.calendar import Calendar
from appliance.room.parts.awaited import Asked, Level, ProgramDeed
from appliance.room.parts.call import CallAsked, CallEnd, Conversation, Muted, OnHold, PasswordEntry
from appliance.room.parts.camera import Camera, FarCamera
from appliance.room.parts.closed import Locked, Undisturbed
from appliance.room.parts.conference import ROOM, Attendee, ChatLine, Company
from appliance.room.parts.link import Link, Trouble
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.parts.presence import Presence
from appliance.room.parts.presses import Confirming, Press, Running
from appliance.room.parts.reading import Reading
from appliance.room.parts.requests import Prompt, Request
from appliance.room.parts.shown import NewPassword, Notice, PairingCode, TonesSent
from appliance.room.people.book import Book
from appliance.room.update import Update
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.people import Meeting, PastCall


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
