"""A display at the door that may be touched, of a room that makes its day of a schedule: for tests in a browser.

Prints its address, then serves until it is ended. `POST /test/day` sets the schedule, what happens and the clock on the
wall, which then goes on by itself; what follows from that, the room's own reactions decide.
"""

import sys
from datetime import datetime, timedelta
from typing import get_args

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.panel.access import Access
from appliance.panel.door.deeds import DoorTouch
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Asking
from appliance.panel.pages import page_routes
from appliance.panel.view import Viewed
from appliance.room.meetings.bookings import Rules
from appliance.room.meetings.door import Deed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reactions.agenda import agenda
from appliance.room.reactions.door import door
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.server import serve_web
from appliance.terminal.messages.people import Meeting, Schedule

RULES = Rules(check_in=True, release_after=600)
SOON = 600.0


class Meets(msgspec.Struct):
    """A meeting: when it begins (ISO 8601), and how long."""

    title: str
    starts: str
    minutes: int
    owner: str = ""


class Told(msgspec.Struct, kw_only=True):
    """What is so now; None: as before. `at`: the time of day, ISO 8601."""

    at: str | None = None
    phase: Phase | None = None
    meetings: tuple[Meets, ...] | None = None


class Day:
    """The room, the clock on its wall, and its reactions."""

    def __init__(self) -> None:
        self.followed = Followed(RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE))
        self._at: tuple[datetime, float] | None = None
        self._reactions = [agenda(self.clock, SOON, RULES), door(self.clock, RULES)]
        self._seen = [RoomState(), RoomState()]

    def clock(self) -> datetime | None:
        """Returns the time of day in the room."""
        if self._at is None:
            return None
        began, since = self._at
        return began + timedelta(seconds=trio.current_time() - since)

    def _now(self) -> float:
        """Returns monotonic seconds, which pass as the clock on the wall does, however fast that is."""
        clock = self.clock()
        return 0.0 if clock is None else clock.timestamp()

    def apply(self, event: object) -> None:
        """Lets something happen, and what follows from it."""
        self.followed.value = reduce(self.followed.value, event, self._now())
        self.settle()

    def set(self, told: Told) -> None:
        """Makes it so."""
        if told.at is not None:
            self._at = datetime.fromisoformat(told.at), trio.current_time()
        fields: dict[str, object] = {} if told.phase is None else {"phase": told.phase}
        if told.meetings is not None:
            fields["meetings"] = tuple(map(_meeting, told.meetings))
        self.followed.value = msgspec.structs.replace(self.followed.value, **fields)
        self.settle()

    def settle(self) -> None:
        """Asks each reaction until nothing follows any more."""
        for _ in range(10):
            before = self.followed.value
            for index, reaction in enumerate(self._reactions):
                state = self.followed.value
                outcome = reaction(self._seen[index], state, self._now())
                self._seen[index], self._reactions[index] = state, outcome.then or reaction
                for event in outcome.events:
                    self.followed.value = reduce(self.followed.value, event, self._now())
            if self.followed.value is before:
                return


def _meeting(meets: Meets) -> Meeting:
    start = int(datetime.fromisoformat(meets.starts).timestamp())
    times = Schedule(start_time=start, duration=meets.minutes * 60)
    return Meeting(id=meets.title, topic=meets.title, owner=meets.owner, schedule=times)


async def main(listen: str, code: Code) -> None:
    day, spoken, allow = Day(), language(code), get_args(Deed)
    feed = Feed(Viewed("Neptune", spoken, titles=True, allow=allow))
    touch = DoorTouch(allow, lambda: day.followed.value, day.apply, day.clock, trio.current_time)
    live = Live(
        day.followed, feed, day.clock, lambda: "box", spoken, touched=feed, hears={"do": Asking(touch)}, access=Access()
    )

    async def change(request: Request) -> Response:
        day.set(await read_json(request, Told))
        return json_answer({})

    app = web_app([*page_routes("Neptune", spoken), Route("/test/day", change, methods=["POST"])])
    async with trio.open_nursery() as nursery:
        ((host, port),) = await nursery.start(
            lambda **status: serve_web(
                app, listen, sockets=dict.fromkeys(("/panel/door/live", "/panel/live"), live.talk), **status
            )
        )
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1], msgspec.convert(sys.argv[2], Code))
