"""The display at the door with a room behind it that tests set: for tests in a browser.

Prints its address, then serves until it is ended. `POST /test/room` sets phase, link and schedule as `Told` says.
"""

import sys
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.panel.access import Access
from appliance.panel.feed import Feed
from appliance.panel.heard import Asking
from appliance.panel.live import Live
from appliance.panel.pages import page_routes
from appliance.panel.touch import Touch
from appliance.panel.view import Viewed
from appliance.room.actions import Action
from appliance.room.agenda import Agenda, Booking
from appliance.room.state import Link, LinkPhase, Phase, RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.server import serve_web

LIVE = "/panel/live"


class Meets(msgspec.Struct):
    """A meeting: minutes from now on (may be negative), and how long."""

    title: str
    starts: float
    minutes: float
    owner: str = ""


class Told(msgspec.Struct, kw_only=True):
    """What the room is to be. `at`: the time of day there, ISO 8601; empty: not known, None: as it is."""

    phase: Phase = Phase.IDLE
    link: LinkPhase = LinkPhase.UP
    now: Meets | None = None
    next: Meets | None = None
    soon: bool = False
    today: tuple[Meets, ...] = ()
    known: bool = True
    at: str | None = None


class Room:
    """The room, and the clock on its wall."""

    def __init__(self) -> None:
        self.followed = Followed(RoomState())
        self.asked: list[Action] = []
        self._at: tuple[datetime, float] | None = (datetime.now(UTC).astimezone(), trio.current_time())

    def clock(self) -> datetime | None:
        """Returns the time of day in the room."""
        if self._at is None:
            return None
        began, since = self._at
        return began + timedelta(seconds=trio.current_time() - since)

    def set(self, told: Told) -> None:
        """Makes the room so."""
        if told.at is not None:
            self._at = (datetime.fromisoformat(told.at), trio.current_time()) if told.at else None
        clock = self.clock() or datetime(2026, 11, 27, 12, tzinfo=timezone(timedelta(hours=3)))

        def booking(meets: Meets | None) -> Booking | None:
            return None if meets is None else _booking(meets, clock)

        today = tuple(_booking(meets, clock) for meets in told.today)
        agenda = Agenda(known=told.known, now=booking(told.now), next=booking(told.next), soon=told.soon, today=today)
        self.followed.value = RoomState(link=Link(told.link), phase=told.phase, agenda=agenda)


def _booking(meets: Meets, clock: datetime) -> Booking:
    start = clock + timedelta(minutes=meets.starts)
    return Booking(title=meets.title, start=start, end=start + timedelta(minutes=meets.minutes), owner=meets.owner)


async def main(listen: str, code: Code, box: str) -> None:
    room = Room()
    spoken = language(code)
    feeds = [Feed(Viewed("Neptune", spoken, titles=True, peers=True)) for _ in range(2)]
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

    async def change(request: Request) -> Response:
        room.set(await read_json(request, Told))
        return json_answer({})

    app = web_app([*page_routes("Neptune", spoken), Route("/test/room", change, methods=["POST"])])
    async with trio.open_nursery() as nursery:
        ((host, port),) = await nursery.start(
            lambda **status: serve_web(app, listen, sockets={LIVE: live.talk}, **status)
        )
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1], msgspec.convert(sys.argv[2], Code), sys.argv[3])
