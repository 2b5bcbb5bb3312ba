"""Whom a panel may call."""

import pytest
from starlette.applications import Starlette

from appliance.panel.access import Access
from appliance.panel.people.search import MOST, people_route
from appliance.room.people.book import Book
from appliance.room.state import RoomState
from appliance.terminal.messages.enums import CallDirection, PeerStatus
from appliance.terminal.messages.people import Contact, PastCall
from tests.panel.conftest import Serve
from tests.panel.live.test_connection import Nobody
from tests.runtime.web.client import get

BOOK = Book(
    [
        Contact(peer_id="anna@example.org", peer_name="Анна Петрова", status=PeerStatus.AVAILABLE),
        Contact(peer_id="ivan@example.org", peer_name="Ivan Annenkov"),
        Contact(peer_id="room7@example.org", peer_name="Room 7"),
    ]
)
HISTORY = (
    PastCall(type=CallDirection.MISSED, peer_id="anna@example.org", start_time=60),
    PastCall(type=CallDirection.OUTGOING, peer_id="anna@example.org"),
    PastCall(type=CallDirection.OUTGOING, peer_id="204", peer_name="Extension"),
)


async def found(serve: Serve, query: str, state: RoomState, access: Access | None = None) -> tuple[int, object]:
    answer = await get(
        await serve(Starlette(routes=[people_route(lambda: state, access or Access())])), f"/panel/people{query}"
    )
    return answer.status, answer.json if answer.status == 200 else None


@pytest.mark.parametrize(
    ("like", "names"),
    [
        ("ANN", ["Ivan Annenkov", "Анна Петрова"]),
        ("%D0%BF%D0%B5%D1%82%D1%80", ["Анна Петрова"]),
        ("room", ["Room 7"]),
        ("nobody", []),
        ("annen", ["Ivan Annenkov"]),
        ("%D0%B0%D0%BD%D0%BD%D0%B0%20%D0%BF%D0%B5%D1%82%D1%80%D0%BE%D0%B2%D0%B0", ["Анна Петрова"]),
    ],
)
async def test_people_are_found_by_name_and_id(serve: Serve, like: str, names: list[str]) -> None:
    _, people = await found(serve, f"?like={like}", RoomState(contacts=BOOK))
    assert isinstance(people, list)
    assert [one["name"] for one in people] == names


async def test_whether_somebody_is_there(serve: Serve) -> None:
    _, people = await found(serve, "?like=anna@", RoomState(contacts=BOOK))
    anna = {"peer_id": "anna@example.org", "name": "Анна Петрова"}
    assert people == [anna | {"presence": "here", "last": None, "at": None}]


async def test_without_a_text_the_last_calls(serve: Serve) -> None:
    _, people = await found(serve, "", RoomState(contacts=BOOK, history=HISTORY))
    assert people == [
        {"peer_id": "anna@example.org", "name": "Анна Петрова", "presence": "here", "last": "missed", "at": 60_000},
        {"peer_id": "204", "name": "Extension", "presence": None, "last": "out", "at": None},
    ]


async def test_the_last_calls_are_searched_too_and_come_first(serve: Serve) -> None:
    _, people = await found(serve, "?like=e", RoomState(contacts=BOOK, history=HISTORY))
    assert isinstance(people, list)
    assert [one["peer_id"] for one in people] == ["anna@example.org", "204", "ivan@example.org", "room7@example.org"]


async def test_an_answer_is_short_however_many_there_are(serve: Serve) -> None:
    many = Book([Contact(peer_id=f"{number}@example.org", peer_name=f"Person {number}") for number in range(20_000)])
    _, people = await found(serve, "?like=person", RoomState(contacts=many))
    assert isinstance(people, list)
    assert len(people) == MOST


async def test_who_may_only_look_is_told_nothing(serve: Serve) -> None:
    assert await found(serve, "", RoomState(contacts=BOOK, history=HISTORY), Nobody()) == (403, None)
