import itertools
from datetime import UTC, datetime

import pytest

from appliance.display.pages.choice import PRIORITY, Page, page_for
from appliance.language.text import verbatim
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import CallAsked, Conversation, PasswordEntry
from appliance.room.parts.closed import Locked
from appliance.room.parts.link import Link, LinkPhase, Trouble
from appliance.room.parts.person import Person
from appliance.room.parts.requests import Request, Wish
from appliance.room.parts.shown import NewPassword, Notice, PairingCode
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState

NOW = 100.0
NOTICE = Notice(verbatim("Busy"), NOW + 5)
TYPED = Locked(Secret("12"), until=NOW + 1)
WANTED = PasswordEntry(Person("anna@example.org"))
SEEN = Trouble(Link(LinkPhase.DOWN), NOW + 1)
PAST = Trouble(Link(LinkPhase.REFUSED), NOW)
AT_TEN = Agenda(next=Booking(title="Plan", start=datetime(2026, 11, 27, 10, tzinfo=UTC)), soon=True)
EXPIRED = Notice(verbatim("Busy"), NOW)
ASKED, UNHEARD = CallAsked("anna@example.org", NOW + 5), CallAsked("anna@example.org", NOW)
BY_LINK = {
    LinkPhase.STARTING: Page.STARTING,
    LinkPhase.EVICTED: Page.EVICTED,
    LinkPhase.REFUSED: Page.REFUSED,
    LinkPhase.DOWN: Page.NO_LINK,
}
IN_CALLS = {
    Phase.WAITING_ROOM: Page.WAITING_ROOM,
    Phase.IN_CALL: Page.IN_CALL,
    Phase.CALLING: Page.CALLING,
    Phase.WAITING: Page.WAITING,
    Phase.CLOSING: Page.CLOSING,
}
AT_REST = {
    Phase.IDLE: Page.IDLE,
    Phase.OFFLINE: Page.OFFLINE,
    Phase.CONNECTING: Page.CONNECTING,
    Phase.LOGIN_NEEDED: Page.LOGIN_NEEDED,
    Phase.UNKNOWN: Page.UNKNOWN,
}
EVERY_STATE = [
    RoomState(
        link=Link(link),
        phase=phase,
        number=number,
        password=password,
        notice=notice,
        halted=halted,
        call_asked=asked,
        volume_shown_until=turned,
    )
    for link, phase, number, password, notice, halted, asked, turned in itertools.product(
        *(LinkPhase, Phase, ("", "12"), (None, WANTED), (None, NOTICE, EXPIRED), (False, True)),
        *((None, ASKED, UNHEARD), (NOW, NOW + 1)),
    )
]
MADE, SHOWN = NewPassword(Secret("k7nn-4xqp-z2rt"), NOW + 1), NewPassword(Secret("k7nn-4xqp-z2rt"), NOW)
CODE, OLD_CODE = PairingCode(Secret("12345678"), NOW + 1), PairingCode(Secret("12345678"), NOW)
PHONE, OLD_PHONE = (PairingCode(Secret("12345678"), until, "https://room/pair") for until in (NOW + 1, NOW))
INVITED = Request(Wish.PODIUM, Person("anna@example.org"))
MAYBE = Request(Wish.PODIUM, Person("anna@example.org"), certain=False)
EVERY_STATE += [
    RoomState(link=Link(link), phase=phase, notice=notice, halted=halted, requests=requests, call_waiting=waiting)
    for link, phase, notice, halted, requests, waiting in itertools.product(
        LinkPhase,
        Phase,
        (None, NOTICE),
        (False, True),
        ((INVITED,), (MAYBE,), (MAYBE, INVITED)),
        (None, Conversation()),
    )
]
EVERY_STATE += [
    RoomState(link=Link(link), phase=phase, notice=notice, number=number, trouble=trouble, agenda=agenda)
    for link, phase, notice, number, trouble, agenda in itertools.product(
        *(LinkPhase, Phase, (None, NOTICE), ("", "12"), (None, SEEN, PAST), (Agenda(), AT_TEN)),
    )
]


EVERY_STATE += [
    RoomState(link=Link(link), phase=phase, notice=notice, number=number, pairing=code)
    for link, phase, notice, number, code in itertools.product(
        LinkPhase, Phase, (None, NOTICE), ("", "12"), (CODE, OLD_CODE, PHONE, OLD_PHONE)
    )
]


EVERY_STATE += [
    RoomState(link=Link(link), phase=phase, notice=notice, number=number, new_password=made)
    for link, phase, notice, number, made in itertools.product(
        LinkPhase, Phase, (None, NOTICE), ("", "12"), (MADE, SHOWN)
    )
]


EVERY_STATE += [
    RoomState(link=Link(link), phase=phase, notice=notice, number=number, locked=locked)
    for link, phase, notice, number, locked in itertools.product(
        LinkPhase, Phase, (None, NOTICE), ("", "12"), (Locked(), TYPED)
    )
]


def expected(state: RoomState) -> Page:
    """The same choice as a person would tell it."""
    if state.halted:
        return Page.HALTED
    return by_link(state) or in_use(state) or at_rest(state)


def by_link(state: RoomState) -> Page | None:
    """A caller first, then what answers a press, then what is wrong with the link."""
    up = state.link.phase is LinkPhase.UP
    if up and state.phase is Phase.RINGING:
        return Page.RINGING
    if state.new_password is MADE:
        return Page.NEW_PASSWORD
    if state.pairing is PHONE:
        return Page.PHONE
    if state.notice is NOTICE:
        return Page.NOTICE
    if up and state.volume_shown_until > NOW:
        return Page.VOLUME
    if state.locked is TYPED:
        return Page.LOCK_PIN
    if not up:
        return BY_LINK[state.link.phase]
    return Page.NO_LINK if state.trouble is SEEN else None


def in_use(state: RoomState) -> Page | None:
    """A call, or one that begins."""
    if state.phase is Phase.IN_CALL and INVITED in state.requests and state.call_waiting is None:
        return Page.REQUEST
    if state.phase in IN_CALLS:
        return IN_CALLS[state.phase]
    return Page.CALL_ASKED if state.phase is Phase.IDLE and state.call_asked is ASKED else None


def at_rest(state: RoomState) -> Page:
    """A screen is paired, somebody types, a meeting is soon, or nothing is going on."""
    if state.pairing is CODE:
        return Page.PAIRING
    if state.password is not None:
        return Page.PASSWORD
    if state.number:
        return Page.DIALLING
    soon = state.phase is Phase.IDLE and state.agenda.soon
    return Page.MEETING_SOON if soon else AT_REST[state.phase]


def test_every_state_has_the_page_that_one_expects() -> None:
    wrong = [state for state in EVERY_STATE if page_for(state, NOW) is not expected(state)]
    assert not wrong


def test_the_table_has_each_page_once_and_reaches_all() -> None:
    pages = [page for page, _ in PRIORITY]
    assert sorted([*pages, Page.UNKNOWN]) == sorted(Page)
    assert {page_for(state, NOW) for state in EVERY_STATE} == set(Page)


@pytest.mark.parametrize(("now", "page"), [(104.9, Page.NOTICE), (105.0, Page.IDLE)])
def test_a_notice_ends_by_the_clock(now: float, page: Page) -> None:
    assert page_for(RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE, notice=NOTICE), now) is page
