"""A call as those in the room may take part in it: who else is there, what is on, and what the room may do about it.

Of a conference of hundreds, names change when somebody comes or leaves, and flags all the time. So they are apart: the
roster is sent when it has changed, and a change of flags takes one character for each who is on it.
"""

from typing import Final, Literal

import msgspec

from appliance.room.decide.owner import owns_conference
from appliance.room.decide.requests import has_podium
from appliance.room.parts.conference import ROOM, Attendee, Company
from appliance.room.state import GOING_ON, RoomState
from appliance.terminal.messages.enums import DeviceState
from appliance.terminal.messages.newer.generation import Generation

HangUpBy = Literal["press", "hold"]
"""How the button is used that ends a call."""

LONGEST: Final = 60  # characters of a name

MIC_ON, MIC_MUTED, CAMERA_ON, SPEAKS, SHOWS, RECORDS = (1 << bit for bit in range(6))
ZERO: Final = 48  # the character for none of them: flags are digits, letters, and what is between them in ASCII


class Seat(msgspec.Struct, frozen=True):
    """Somebody else in the conference. `peer_id`: by which the room acts on them; empty for who may only look."""

    name: str
    peer_id: str = ""


class Line(msgspec.Struct, frozen=True):
    """A message of the call. `ours`: the terminal itself wrote it."""

    who: str
    text: str
    ours: bool = False


class Conference(msgspec.Struct, frozen=True, kw_only=True):
    """What there is beside the call itself.

    `count`: how many are there, the room among them; None where the terminal has not told. `ours`: the room owns it.
    `podium`: there may be one; `speaks`, `podium_asked` and `remark_until` are the room's place there, the last on the
    box's monotonic clock. `recorded`: somebody records the room. `content`: who shows any. `layouts`: the terminal
    knows how to lay out pictures. `camera_wanted`: who wants to move the room's camera. `hang_up`: how that is done.
    """

    count: int | None = None
    ours: bool = False
    podium: bool = False
    speaks: bool | None = None
    podium_asked: bool = False
    remark_until: int | None = None
    recorded: bool = False
    content: Literal["", "ours", "theirs"] = ""
    layouts: bool = False
    camera_wanted: str = ""
    hang_up: HangUpBy = "press"


def conference(state: RoomState, hang_up: HangUpBy, *, names: bool) -> Conference | None:
    """Returns it while a call goes on; without `names` nobody is named."""
    if state.phase not in GOING_ON:
        return None
    company, place = state.company, state.podium
    return Conference(
        count=len(company.present) if company.listed else None,
        ours=owns_conference(state),
        podium=has_podium(state) and state.conversation is not None and state.conversation.type is not None,
        speaks=place.speaks,
        podium_asked=place.asked,
        remark_until=None if place.remark_until is None else round(place.remark_until * 1000),
        recorded=bool(company.recording),
        content="ours" if ROOM in company.content else "theirs" if company.content else "",
        layouts=state.generation is Generation.NEWER,
        camera_wanted=state.camera_wanted[0].label[:LONGEST] if state.camera_wanted and names else "",
        hang_up=hang_up,
    )


def roster(state: RoomState, *, ids: bool) -> tuple[Seat, ...]:
    """Returns the others in the order in which they came."""
    return tuple(Seat(each.label[:LONGEST], each.peer_id if ids else "") for each in state.attendees.values())


def flags(state: RoomState) -> str:
    """Returns a character for each on the roster, in the same order: its number less `ZERO` sums up what is so."""
    return "".join(chr(ZERO + _flags(key, each, state.company)) for key, each in state.attendees.items())


def chat(state: RoomState) -> tuple[Line, ...]:
    """Returns the last messages, the latest last."""
    return tuple(Line(line.who.label[:LONGEST], line.text.text, line.who == state.me) for line in state.chat)


def _flags(key: str, each: Attendee, company: Company) -> int:
    there = (
        (MIC_ON, each.mic is DeviceState.ON),
        (MIC_MUTED, each.mic is DeviceState.MUTED),
        (CAMERA_ON, each.video is DeviceState.ON),
        (SPEAKS, each.speaks),
        (SHOWS, key in company.content),
        (RECORDS, key in company.recording),
    )
    return sum(flag for flag, on in there if on)
