"""The room as pages are shown it: one typed view, the same for every panel.

Times of day are milliseconds since 1970, and a page shows them by the box's clock and zone, which come with every
message; durations begin at milliseconds of the box's monotonic clock, which comes with them too. A field is sent when
it changes, as a whole. None is what the terminal has not confirmed.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Final, Literal

import msgspec

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel.buttons import PanelButton
from appliance.panel.camera.cameras import Cameras
from appliance.panel.door.deeds import AtDoor, at_door
from appliance.panel.people.conference import Conference, HangUpBy, Line, Seat, chat, conference, flags, roster
from appliance.panel.people.reach import Reach, Reached
from appliance.panel.quiet import Quiet, quiet_of
from appliance.panel.words import LINKS, PHASES
from appliance.room import hold
from appliance.room.decide.requests import open_request
from appliance.room.meetings.agenda import DOOR, Agenda, Booking
from appliance.room.meetings.door import Deed
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import LinkPhase
from appliance.room.people.book import Book
from appliance.room.people.who import name_in
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.room.texts import wish

Door = Literal["free", "soon", "check_in", "booked", "in_use", "unknown"]
"""What stands on the door. `booked`: a meeting should be on, and nobody is in a call. `in_use`: somebody is.

`check_in`: a meeting should be on, and nobody has come for it yet.
"""

MOST: Final = 100  # meetings of a day: more than a strip can show
OTHER_SIDE = Text("person.other_side")
_OCCUPIED = GOING_ON | {Phase.CALLING, Phase.CLOSING}  # a room that somebody calls may be empty


class Meeting(msgspec.Struct, frozen=True):
    """One in the schedule; `end` None where nobody has said. Of a private one `title` and `owner` are empty.

    `peer_id`: whom to call to take part; empty where that is not possible, or the page may only look. `local`: it was
    booked at the door. `released`: from when on the room is free all the same; None: it is not.
    """

    title: str
    owner: str
    start: int
    end: int | None
    all_day: bool
    peer_id: str = ""
    local: bool = False
    released: int | None = None


class Meetings(msgspec.Struct, frozen=True):
    """The schedule. `known` false: nobody knows whether there are any; `others`: how many are on beside `now`."""

    known: bool = False
    now: Meeting | None = None
    others: int = 0
    next: Meeting | None = None
    today: tuple[Meeting, ...] = ()


class Call(msgspec.Struct, frozen=True):
    """The call that is set up or going on. `since`: when it was established, on the box's monotonic clock.

    `peer_id`: of the other side; empty where there is none, or the page may only look.
    """

    who: str
    group: bool
    since: int | None
    peer_id: str = ""


class Typed(msgspec.Struct, frozen=True):
    """What was typed so far: digits of a number, or as many stars as a password has characters, and whose that is."""

    digits: str = ""
    whose: str = ""
    wrong: bool = False


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Everything. `link`: that to the terminal; without it nothing else is known.

    `says`: a sentence about what has just happened, or how what was pressed is confirmed. `asked`: what was asked of
    the terminal, which has not confirmed it. `wish`: what somebody in the conference asks of the room. `other`: who
    else calls during a call. `volume`: 0 to 100. `buttons`: those that the configuration puts on the panel. `roster`,
    `flags`: see `conference`; `chat` is for those who may touch. `pairing`: a code is shown by which a phone is paired.
    """

    room: str
    link: LinkPhase
    phase: Phase
    doing: str
    door: Door
    meetings: Meetings
    call: Call | None = None
    other: str = ""
    wish: str = ""
    mic_muted: bool | None = None
    audio_muted: bool | None = None
    video_muted: bool | None = None
    on_hold: bool | None = None
    volume: int | None = None
    typed: Typed = Typed()
    says: str = ""
    asked: str = ""
    quiet: Quiet = Quiet()
    reach: Reach = Reach()
    buttons: tuple[PanelButton, ...] = ()
    conference: Conference | None = None
    roster: tuple[Seat, ...] = ()
    flags: str = ""
    chat: tuple[Line, ...] = ()
    cameras: Cameras = Cameras()
    at_door: AtDoor = AtDoor()
    pairing: bool = False


class Viewed:
    """Looks at a room for pages. A schedule that has not changed is not made into meetings again."""

    def __init__(
        self,
        room: str,
        language: Language,
        *,
        titles: bool,
        peers: bool = False,
        favourites: Iterable[str] = (),
        buttons: Callable[[RoomState], tuple[PanelButton, ...]] = lambda _state: (),
        hang_up: HangUpBy = "press",
        cameras: Callable[[RoomState], Cameras] = lambda _state: Cameras(),
        allow: Collection[Deed] = (),
    ) -> None:
        """`room`: the name on the door. Without `titles` nothing says what meetings are about, or who is who.

        `peers`: it is for those who may touch: everything says whom to call, meetings and `favourites` among them.
        `buttons`: those that the configuration puts on the panel. `hang_up`: how a call is ended. `allow`: what may be
        done at the door.
        """
        self._buttons = buttons
        self._hang_up = hang_up
        self._peers = peers
        self._allow = frozenset(allow)
        self._reached = Reached(favourites)
        self._cameras = cameras
        self._room = room
        self._say = language.say
        self._titles = titles
        self._of: tuple[Agenda, Book] | None = None
        self._meetings = Meetings()

    def __call__(self, state: RoomState) -> View:
        """Returns the view of a state."""
        if state.link.phase is not LinkPhase.UP:
            return self._without_link(state)
        request = open_request(state)
        return View(
            room=self._room,
            link=state.link.phase,
            phase=state.phase,
            doing=self._say(PHASES[state.phase]),
            door=_door(state),
            meetings=self._told(state.agenda, state.contacts),
            call=self._call(state),
            other=self._whom(state.call_waiting),
            wish=self._of_people(wish(request.wish, request.who.label)) if request else "",
            mic_muted=state.mic_muted,
            audio_muted=state.audio_muted,
            video_muted=state.video_muted,
            on_hold=hold.confirmed(state),
            volume=None if state.volume is None else round(state.volume * 100),
            typed=self._typed(state),
            says=self._says(state),
            asked=self._say(state.asked.text) if state.asked else "",
            quiet=quiet_of(state),
            reach=self._reached(state) if self._peers else Reach(),
            buttons=self._buttons(state),
            conference=conference(state, self._hang_up, names=self._titles),
            roster=roster(state, ids=self._peers) if self._titles else (),
            flags=flags(state) if self._titles else "",
            chat=chat(state) if self._peers else (),
            cameras=self._cameras(state),
            at_door=at_door(state, self._allow) if self._allow else AtDoor(),
            pairing=_invites(state),
        )

    def _without_link(self, state: RoomState) -> View:
        because = state.link.reason or LINKS[state.link.phase]
        return View(
            room=self._room,
            link=state.link.phase,
            phase=Phase.UNKNOWN,
            doing=self._say(because),
            door="unknown",
            meetings=Meetings(),
            quiet=quiet_of(state),
            says=self._says(state),
            buttons=self._buttons(state),
            pairing=_invites(state),
        )

    def _call(self, state: RoomState) -> Call | None:
        call = state.conversation
        if call is None:
            return None
        peer_id = call.peer.peer_id if self._peers and call.peer else ""
        return Call(self._whom(call), call.group, None if call.since is None else _milliseconds(call.since), peer_id)

    def _whom(self, call: Conversation | None) -> str:
        if call is None:
            return ""
        who = call.title or (call.peer.label if call.peer else "") or call.owner
        return (who if self._titles else "") or self._say(OTHER_SIDE)

    def _typed(self, state: RoomState) -> Typed:
        if not self._titles:
            return Typed()
        if state.password is None:
            return Typed(state.number)
        return Typed("*" * len(state.password.entered), state.password.whom.label, state.password.wrong)

    def _says(self, state: RoomState) -> str:
        """Returns what is to be confirmed, or else what has just happened."""
        shown = state.confirming or state.notice
        return self._of_people(shown.text) if shown else ""

    def _of_people(self, text: Text) -> str:
        return self._say(text) if self._titles else ""

    def _told(self, agenda: Agenda, people: Book) -> Meetings:
        if self._of is None or self._of[0] is not agenda or self._of[1] is not people:
            self._of = agenda, people
            self._meetings = self._of_agenda(agenda, people)
        return self._meetings

    def _of_agenda(self, agenda: Agenda, people: Book) -> Meetings:
        def told(booking: Booking) -> Meeting:
            title, owner = (booking.title, _name(people, booking.owner)) if self._titles else ("", "")
            ends = booking.end if booking.released else booking.ends
            start, end = (
                _milliseconds(booking.start.timestamp()),
                None if ends is None else _milliseconds(ends.timestamp()),
            )
            peer_id, local = booking.peer_id if self._peers else "", booking.source == DOOR
            free_from = _milliseconds(booking.over.timestamp()) if booking.released else None
            return Meeting(title, owner, start, end, booking.all_day, peer_id, local, free_from)

        if not agenda.known:
            return Meetings()
        now, following = (None if booking is None else told(booking) for booking in (agenda.now, agenda.next))
        return Meetings(True, now, agenda.others, following, tuple(map(told, agenda.today[:MOST])))


def _invites(state: RoomState) -> bool:
    return state.pairing is not None and bool(state.pairing.where)


def _door(state: RoomState) -> Door:
    if state.phase in _OCCUPIED:
        return "in_use"
    agenda = state.agenda
    if state.phase is Phase.UNKNOWN or not agenda.known:
        return "unknown"
    if agenda.now is not None and not agenda.now.all_day:
        return "check_in" if agenda.now in agenda.waiting else "booked"
    return "soon" if agenda.soon else "free"


def _name(people: Book, peer_id: str) -> str:
    """Returns what somebody is called; without a name in the address book, their id without its server."""
    return name_in(people, peer_id) or peer_id.partition("@")[0]


def _milliseconds(moment: float) -> int:
    return round(moment * 1000)
