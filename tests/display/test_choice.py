import itertools

import pytest

from appliance.display.pages.choice import PRIORITY, Page, page_for
from appliance.language.text import verbatim
from appliance.room.state import (
    CallAsked,
    Conversation,
    Link,
    LinkPhase,
    Notice,
    PasswordEntry,
    Person,
    Phase,
    Request,
    RoomState,
    Wish,
)

NOW = 100.0
NOTICE = Notice(verbatim("Busy"), NOW + 5)
WANTED = PasswordEntry(Person("anna@example.org"))
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


def expected(state: RoomState) -> Page:
    """The same choice as a person would tell it."""
    if state.halted:
        return Page.HALTED
    up = state.link.phase is LinkPhase.UP
    if up and state.phase is Phase.RINGING:
        return Page.RINGING
    if state.notice is NOTICE:
        return Page.NOTICE
    if up and state.volume_shown_until > NOW:
        return Page.VOLUME
    if not up:
        return BY_LINK[state.link.phase]
    if state.phase is Phase.IN_CALL and INVITED in state.requests and state.call_waiting is None:
        return Page.REQUEST
    if state.phase in IN_CALLS:
        return IN_CALLS[state.phase]
    if state.phase is Phase.IDLE and state.call_asked is ASKED:
        return Page.CALL_ASKED
    if state.password is not None:
        return Page.PASSWORD
    return Page.DIALLING if state.number else AT_REST[state.phase]


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
