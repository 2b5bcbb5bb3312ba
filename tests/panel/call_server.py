"""The panel of a room whose call tests choose: for tests in a browser.

Prints its address, then serves until it is ended. `POST /test/room` with `{"story": NAME}` makes the room so, and
`GET /test/asked` says what was asked of it since.
"""

import io
import sys
from collections.abc import Callable

import msgspec
import trio
from PIL import Image, ImageDraw
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.panel.access import Access
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Asking
from appliance.panel.live.touch import Touch
from appliance.panel.pages import page_routes
from appliance.panel.people.avatars import avatar_route
from appliance.panel.people.conference import HangUpBy
from appliance.panel.people.search import people_route
from appliance.panel.view import Viewed
from appliance.room.actions import Action, words_of
from appliance.room.parts.call import Conversation
from appliance.room.parts.conference import Attendee, ChatLine, Company
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.people.book import Book
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.server import serve_web
from appliance.services.box.surroundings import Clock
from appliance.terminal.messages.enums import ConferenceType, DeviceState
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.people import Contact

LIVE = "/panel/live"
ROOM = Person("room@example.org", "Neptune")
ANNA, BORIS = Attendee("anna@example.org", "Anna Larsen"), Attendee("boris@example.org", "Boris Ray")
OURS = Conversation(type=ConferenceType.SYMMETRIC, title="Quarterly plan", owner=ROOM.peer_id)
THEIRS = msgspec.structs.replace(OURS, owner=ANNA.peer_id)
CALLS = Conversation(Person(ANNA.peer_id, ANNA.name), ConferenceType.POINT_TO_POINT)
LECTURE = msgspec.structs.replace(THEIRS, type=ConferenceType.ROLE_BASED, title="Lecture")

NAMES = ("Chloé Martin", "Dmitri Sokolov", "Ewa Nowak", "Fatima Zahra", "<b>Gus</b>")


class Chosen(msgspec.Struct):
    """A story, and how many are in it."""

    story: str
    count: int = 0


def meeting(conversation: Conversation, *others: Attendee, **fields: object) -> RoomState:
    """Returns a room in a conference with these others; what is on of theirs goes by their number."""
    states = (DeviceState.ON, DeviceState.MUTED, DeviceState.ABSENT)
    there = {
        each.peer_id: msgspec.structs.replace(each, mic=states[at % 3], video=states[at % 2], speaks=at % 5 == 0)
        for at, each in enumerate(others)
    }
    company = Company(
        listed=True,
        present=frozenset({ROOM.peer_id, *there}),
        content=frozenset({ANNA.peer_id}),
        recording=frozenset({BORIS.peer_id}),
    )
    usual: dict[str, object] = {
        "link": Link(LinkPhase.UP),
        "phase": Phase.IN_CALL,
        "me": ROOM,
        "conversation": msgspec.structs.replace(conversation, since=trio.current_time() - 754),
        "company": company,
        "attendees": there,
        "mic_muted": False,
        "video_muted": False,
        "audio_muted": False,
        "volume": 0.6,
        "generation": Generation.NEWER,
        "contacts": Book([Contact(peer_id="carl@example.org", peer_name="Carl Ober")]),
    }
    return RoomState(**(usual | fields))  # type: ignore[arg-type]  # by name


def crowd(count: int) -> list[Attendee]:
    """Returns so many people."""
    names = (*NAMES, *(f"Participant {number}" for number in range(count)))
    return [Attendee(f"p{number}@example.org", names[number]) for number in range(count)]


def _chat() -> tuple[ChatLine, ...]:
    said = (Person(ANNA.peer_id, ANNA.name), "Can you see the slides?"), (ROOM, "Yes"), (ROOM, "<i>thanks</i>")
    return tuple(ChatLine(who, Secret(text)) for who, text in said)


STORIES: dict[str, Callable[[int], RoomState]] = {
    "idle": lambda _: RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE),
    "rings": lambda _: RoomState(link=Link(LinkPhase.UP), phase=Phase.RINGING, conversation=CALLS),
    "ours": lambda count: meeting(OURS, ANNA, BORIS, *crowd(count), chat=_chat()),
    "theirs": lambda count: meeting(THEIRS, ANNA, BORIS, *crowd(count)),
    "listens": lambda _: meeting(LECTURE, ANNA, podium=Podium(speaks=False)),
    "asked": lambda _: meeting(LECTURE, ANNA, podium=Podium(speaks=False, asked=True)),
    "remark": lambda _: meeting(LECTURE, ANNA, podium=Podium(speaks=True, remark_until=trio.current_time() + 90)),
    "older": lambda _: meeting(THEIRS, ANNA, generation=Generation.UNKNOWN),
    "camera": lambda _: meeting(THEIRS, ANNA, camera_wanted=(Person(ANNA.peer_id, ANNA.name),)),
    "second": lambda _: meeting(THEIRS, ANNA, call_waiting=Conversation(Person("carl@example.org", "Carl Ober"))),
    "waits": lambda _: meeting(THEIRS, phase=Phase.WAITING_ROOM),
}


async def _avatar(peer_id: str) -> bytes | None:
    return _jpeg() if peer_id == ANNA.peer_id else None


def _jpeg() -> bytes:
    drawn = Image.new("RGB", (128, 128), "#3b6ea5")
    draw = ImageDraw.Draw(drawn)
    draw.ellipse((40, 24, 88, 72), fill="#f2d2b6")
    draw.ellipse((20, 78, 108, 170), fill="#f4f5f6")
    with io.BytesIO() as written:
        drawn.save(written, "JPEG")
        return written.getvalue()


async def main(listen: str, code: Code, hang_up: str) -> None:
    followed, asked, spoken = Followed(STORIES["idle"](0)), list[str](), language(code)
    hold = msgspec.convert(hang_up, type=HangUpBy)
    feeds = [Feed(Viewed("Neptune", spoken, titles=True, peers=True, hang_up=hold)) for _ in range(2)]

    def put(action: Action) -> None:
        asked.append(words_of(action))

    async def change(request: Request) -> Response:
        chosen = await read_json(request, Chosen)
        asked.clear()
        followed.value = STORIES[chosen.story](chosen.count)
        return json_answer({})

    async def said(_request: Request) -> Response:
        return json_answer(asked)

    touch = Touch(put, trio.current_time)
    hears = {"do": Asking(touch)}
    live = Live(followed, feeds[0], Clock(), lambda: "box", spoken, touched=feeds[1], hears=hears, access=Access())
    routes = [Route("/test/room", change, methods=["POST"]), Route("/test/asked", said)]
    people = people_route(lambda: followed.value, Access())
    avatars = avatar_route(lambda: followed.value, _avatar, Access())
    app = web_app([*page_routes("Neptune", spoken), people, avatars, *routes])
    async with trio.open_nursery() as nursery:
        ((host, port),) = await nursery.start(
            lambda **status: serve_web(app, listen, sockets={LIVE: live.talk}, **status)
        )
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1], msgspec.convert(sys.argv[2], Code), sys.argv[3])
