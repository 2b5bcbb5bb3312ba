"""The display at the door with a room behind it that tests set: for tests in a browser.

Prints its address, then serves until it is ended. `POST /test/room` sets phase, link and schedule as `Told` says,
`GET /test/asked` tells what was asked for since.
"""

import sys
from datetime import datetime, timedelta, timezone

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.panel.access import Access
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Asking
from appliance.panel.live.touch import Touch
from appliance.panel.pages import page_routes
from appliance.panel.people.search import people_route
from appliance.panel.status import status_app
from appliance.panel.view import Viewed
from appliance.room.actions import Action
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.people.book import Book
from appliance.room.state import Phase, RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.web.answers import json_answer, read_json
from appliance.runtime.web.server import serve_web
from appliance.terminal.messages.enums import CallDirection, PeerStatus
from appliance.terminal.messages.people import Contact, PastCall

NOON = datetime(2026, 11, 27, 12, 0, 10, tzinfo=timezone(timedelta(hours=3)))  # as far from midnight as can be
LIVE, DOOR_LIVE = "/panel/live", "/panel/door/live"
HOUR = 3600  # seconds
FAVOURITES = (
    *("reception@example.com", "anna@example.com", "john@example.com"),
    *("london@example.com", "warsaw@example.com", "200@example.com"),
)
PEOPLE = Book(
    Contact(peer_id=f"{user}@example.com", peer_name=name, status=status)
    for user, name, status in (
        ("reception", "Reception", PeerStatus.AVAILABLE),
        ("anna", "Анна Петрова", PeerStatus.AVAILABLE),
        ("john", "John Smith", PeerStatus.BUSY),
        ("london", "London boardroom", PeerStatus.OFFLINE),
        ("warsaw", "Łukasz Wiśniewski", PeerStatus.AVAILABLE),
        ("maria", "María José Fernández de la Vega", PeerStatus.OFFLINE),
        ("johanna", "Johanna Lindqvist", PeerStatus.AVAILABLE),
    )
)


class Meets(msgspec.Struct):
    """A meeting: minutes from now on (may be negative), and how long."""

    title: str
    starts: float
    minutes: float
    owner: str = ""
    peer_id: str = ""


class Told(msgspec.Struct, kw_only=True):
    """What the room is to be. `at`: the time of day there, ISO 8601; empty: not known, None: noon."""

    phase: Phase = Phase.IDLE
    link: LinkPhase = LinkPhase.UP
    now: Meets | None = None
    next: Meets | None = None
    soon: bool = False
    today: tuple[Meets, ...] = ()
    known: bool = True
    at: str | None = None
    people: bool = False
    night: bool = False
    undisturbed: float | None = None  # minutes
    typed: str = ""


class Room:
    """The room, and the clock on its wall."""

    def __init__(self) -> None:
        self.followed = Followed(RoomState())
        self.asked: list[Action] = []
        self._at: tuple[datetime, float] | None = (NOON, trio.current_time())

    def clock(self) -> datetime | None:
        """Returns the time of day in the room."""
        if self._at is None:
            return None
        began, since = self._at
        return began + timedelta(seconds=trio.current_time() - since)

    def set(self, told: Told) -> None:
        """Makes the room so."""
        at = NOON if told.at is None else datetime.fromisoformat(told.at) if told.at else None
        self._at = None if at is None else (at, trio.current_time())
        clock = at or NOON

        def booking(meets: Meets | None) -> Booking | None:
            return None if meets is None else _booking(meets, clock)

        today = tuple(_booking(meets, clock) for meets in told.today)
        agenda = Agenda(known=told.known, now=booking(told.now), next=booking(told.next), soon=told.soon, today=today)
        self.asked.clear()
        self.followed.value = RoomState(
            link=Link(told.link),
            phase=told.phase,
            agenda=agenda,
            contacts=PEOPLE if told.people else Book(),
            history=_history(clock) if told.people else (),
            night=told.night,
            undisturbed=Undisturbed(trio.current_time() + told.undisturbed * 60) if told.undisturbed else None,
            number=told.typed,
            mic_muted=False,
            volume=0.5,
        )


def _history(clock: datetime) -> tuple[PastCall, ...]:
    now = int(clock.timestamp())
    calls = (
        (CallDirection.MISSED, "maria@example.com", "María José Fernández de la Vega", HOUR),
        (CallDirection.OUTGOING, "john@example.com", "John Smith", 2 * HOUR),
        (CallDirection.INCOMING, "stranger@elsewhere.example", "", 30 * HOUR),
    )
    return tuple(
        PastCall(type=kind, peer_id=peer_id, peer_name=name, start_time=now - ago) for kind, peer_id, name, ago in calls
    )


def _booking(meets: Meets, clock: datetime) -> Booking:
    start = clock + timedelta(minutes=meets.starts)
    end = start + timedelta(minutes=meets.minutes)
    return Booking(title=meets.title, start=start, end=end, owner=meets.owner, peer_id=meets.peer_id)


async def main(listen: str, code: Code, box: str) -> None:
    room = Room()
    spoken = language(code)
    feeds = [Feed(Viewed("Neptune", spoken, titles=True, peers=True, favourites=FAVOURITES)) for _ in range(2)]
    touch = Touch(room.asked.append, trio.current_time)
    live = Live(
        room.followed,
        feeds[0],
        room.clock,
        lambda: box,
        spoken,
        touched=feeds[1],
        hears={"do": Asking(touch)},
        access=Access(),
    )

    door = Live(room.followed, feeds[0], room.clock, lambda: box, spoken, touched=feeds[0], hears={}, access=Access())

    async def change(request: Request) -> Response:
        room.set(await read_json(request, Told))
        return json_answer({})

    async def asked(_request: Request) -> Response:
        return json_answer([repr(action) for action in room.asked])

    async def empty(_request: Request) -> Response:
        return HTMLResponse("<!doctype html><title>empty</title><p>.")

    tests = [Route("/test/room", change, methods=["POST"]), Route("/test/asked", asked), Route("/test/empty", empty)]
    people = people_route(lambda: room.followed.value, Access())
    app = status_app(lambda: room.followed.value, spoken, more=[*page_routes("Neptune", spoken), people, *tests])
    async with trio.open_nursery() as nursery:
        ((host, port),) = await nursery.start(
            lambda **status: serve_web(app, listen, sockets={LIVE: live.talk, DOOR_LIVE: door.talk}, **status)
        )
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1], msgspec.convert(sys.argv[2], Code), sys.argv[3])
