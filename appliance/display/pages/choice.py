"""Which page a state asks for: one table, the first row that applies wins."""

from collections.abc import Callable
from enum import StrEnum

from appliance.room.decide.requests import open_request
from appliance.room.parts.link import LinkPhase
from appliance.room.show.faults import trouble
from appliance.room.state import Phase, RoomState


class Page(StrEnum):
    """The pages of the display."""

    HALTED = "halted"
    RINGING = "ringing"
    NOTICE = "notice"
    PAIRING = "pairing"
    PHONE = "phone"
    NEW_PASSWORD = "new_password"  # noqa: S105  # the name of a page
    VOLUME = "volume"
    STARTING = "starting"
    EVICTED = "evicted"
    REFUSED = "refused"
    NO_LINK = "no_link"
    REQUEST = "request"
    IN_CALL = "in_call"
    WAITING_ROOM = "waiting_room"
    CALLING = "calling"
    CALL_ASKED = "call_asked"
    WAITING = "waiting"
    CLOSING = "closing"
    PASSWORD = "password"  # noqa: S105  # the name of a page
    LOCK_PIN = "lock_pin"
    DIALLING = "dialling"
    MEETING_SOON = "meeting_soon"
    IDLE = "idle"
    OFFLINE = "offline"
    CONNECTING = "connecting"
    LOGIN_NEEDED = "login_needed"
    UNKNOWN = "unknown"


Condition = Callable[[RoomState, float], bool]


def has_notice(state: RoomState, now: float) -> bool:
    """Whether there is a notice that has not run out at `now` (monotonic seconds)."""
    return state.notice is not None and now < state.notice.until


def call_asked(state: RoomState, now: float) -> bool:
    """Whether a call was asked of the terminal that it may still say something of at `now` (monotonic seconds)."""
    asked = state.call_asked
    return asked is not None and now < asked.until and _room(Phase.IDLE)(state, now)


def pairing(state: RoomState, now: float) -> bool:
    """Whether the code is shown by which a screen is paired, as of `now` (monotonic seconds)."""
    return state.pairing is not None and now < state.pairing.until


def phone(state: RoomState, now: float) -> bool:
    """Whether the code is shown by which a phone is paired, as of `now` (monotonic seconds)."""
    return state.pairing is not None and bool(state.pairing.where) and now < state.pairing.until


def new_password(state: RoomState, now: float) -> bool:
    """Whether the new password of whoever maintains the box is shown, as of `now` (monotonic seconds)."""
    return state.new_password is not None and now < state.new_password.until


def meeting_soon(state: RoomState, now: float) -> bool:
    """Whether the room is at rest, and the schedule says that a meeting begins in a few minutes."""
    return _room(Phase.IDLE)(state, now) and state.agenda.soon and state.agenda.next is not None


def turned(state: RoomState, now: float) -> bool:
    """Whether somebody has just turned the volume, as of `now` (monotonic seconds)."""
    return state.link.phase is LinkPhase.UP and now < state.volume_shown_until


def _link(phase: LinkPhase) -> Condition:
    """Whether the link is so, or was and has not been seen for long enough."""

    def condition(state: RoomState, now: float) -> bool:
        link = trouble(state, now) or state.link
        return link.phase is phase

    return condition


def _room(phase: Phase) -> Condition:
    return lambda state, _now: state.link.phase is LinkPhase.UP and state.phase is phase


# A caller is never hidden by a notice; a notice, which answers a press, is not hidden by what was there before it.
PRIORITY: tuple[tuple[Page, Condition], ...] = (
    (Page.HALTED, lambda state, _now: state.halted),
    (Page.RINGING, _room(Phase.RINGING)),
    (Page.NEW_PASSWORD, new_password),  # what somebody at the box has just asked for; a notice comes by itself
    (Page.PHONE, phone),
    (Page.NOTICE, has_notice),
    (Page.VOLUME, turned),
    (Page.LOCK_PIN, lambda state, _now: state.locked is not None and bool(state.locked.entered)),
    (Page.STARTING, _link(LinkPhase.STARTING)),
    (Page.EVICTED, _link(LinkPhase.EVICTED)),
    (Page.REFUSED, _link(LinkPhase.REFUSED)),
    (Page.NO_LINK, _link(LinkPhase.DOWN)),
    (Page.REQUEST, lambda state, now: _room(Phase.IN_CALL)(state, now) and open_request(state) is not None),
    (Page.IN_CALL, _room(Phase.IN_CALL)),
    (Page.WAITING_ROOM, _room(Phase.WAITING_ROOM)),
    (Page.CALLING, _room(Phase.CALLING)),
    (Page.WAITING, _room(Phase.WAITING)),
    (Page.CLOSING, _room(Phase.CLOSING)),
    (Page.CALL_ASKED, call_asked),
    (Page.PAIRING, pairing),  # asked for by somebody who may be anywhere: it hides nothing that people are doing
    (Page.PASSWORD, lambda state, _now: state.password is not None),
    (Page.DIALLING, lambda state, _now: bool(state.number)),
    (Page.MEETING_SOON, meeting_soon),
    (Page.IDLE, _room(Phase.IDLE)),
    (Page.OFFLINE, _room(Phase.OFFLINE)),
    (Page.CONNECTING, _room(Phase.CONNECTING)),
    (Page.LOGIN_NEEDED, _room(Phase.LOGIN_NEEDED)),
)


def page_for(state: RoomState, now: float) -> Page:
    """The page for `state` at `now` (monotonic seconds, by which a notice runs out)."""
    return next((page for page, applies in PRIORITY if applies(state, now)), Page.UNKNOWN)
