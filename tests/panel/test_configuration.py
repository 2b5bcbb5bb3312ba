"""What the page of the configuration asks for, over real sockets: to whom it is answered, and how large it may be."""

import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trio
from starlette.types import Scope

from appliance.access.roles import Caller, Role
from appliance.panel.maintenance.configuration import LARGEST_BODY, PLACE
from appliance.run.pages.status import pages_of
from appliance.runtime.web.guard import BODY_LIMIT
from appliance.runtime.web.server import serve_web
from tests.config.edit.large import LARGE
from tests.run.editing.boxes import Box, box
from tests.runtime.web.client import Address, Answer, get, request

ANNA = Caller("anna", Role.MAINTAIN, "session")
READS, DEEDS = ("source", "versions"), ("look", "apply", "keep", "back")


class Room:
    """A box, its pages, and who asks."""

    def __init__(self, one: Box) -> None:
        self.box, self.caller = one, ANNA

    def whose(self, _scope: Scope) -> Caller:
        return self.caller


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with box(tmp_path) as one:
        yield Room(one)


@pytest.fixture
async def address(room: Room, nursery: trio.Nursery) -> Address:
    pages = pages_of(room.box.parts, room.whose, room.box.state)
    serve = partial(serve_web, pages.app, "127.0.0.1:0", sockets=pages.sockets, large=pages.large)
    ((host, port), *_) = await nursery.start(serve)
    return host, port


async def post(address: Address, name: str, body: object) -> Answer:
    return await request(address, "POST", f"{PLACE}/{name}", msgspec.json.encode(body), JSON)


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("role", [Role.VIEW, Role.TOUCH])
async def test_only_who_maintains_the_box_is_answered(room: Room, address: Address, role: Role) -> None:
    room.caller = Caller("somebody", role, "token")
    for name in READS:
        assert (await get(address, f"{PLACE}/{name}")).status == 403
    for name in DEEDS:
        assert (await post(address, name, {})).status == 403
    assert room.box.audit == []


async def test_a_page_of_another_site_changes_nothing(room: Room, address: Address) -> None:
    for headers in (
        {**JSON, "Origin": "https://elsewhere.example"},
        {"Content-Type": "text/plain", "Sec-Fetch-Site": "x"},
    ):
        for name in DEEDS:
            answer = await request(address, "POST", f"{PLACE}/{name}", b"{}", headers)
            assert answer.status in {403, 415}


NO_DRAFTS: tuple[object, ...] = (
    *({}, [], {"mark": "x", "text": 1}),
    *({"mark": "x", "text": "", "changes": [{"path": []}]}, {"mark": "x", "text": "", "more": 1}),
)


@pytest.mark.parametrize("wrong", NO_DRAFTS, ids=range(len(NO_DRAFTS)))
async def test_what_is_no_draft_is_refused(address: Address, wrong: object) -> None:
    for name in ("look", "apply"):
        assert (await post(address, name, wrong)).status == 400


async def test_a_large_text_is_looked_at_while_the_room_goes_on(address: Address) -> None:
    body: dict[str, Any] = {"mark": "x", "text": LARGE}
    assert len(msgspec.json.encode(body)) > BODY_LIMIT
    loop, all_threads = time.thread_time(), time.process_time()
    answer = await post(address, "look", body)
    loop, all_threads = time.thread_time() - loop, time.process_time() - all_threads
    assert answer.status == 200, answer.body
    assert (answer.json["mistakes"], len(answer.json["form"]["tables"]) > 200) == ([], True)
    assert len(answer.body) < 400_000  # bytes: what two hundred tables have in common is told once
    assert loop < all_threads / 2  # of the processor's time: who wants the loop meanwhile has it


@pytest.mark.parametrize(("name", "most"), [("look", LARGEST_BODY), ("apply", LARGEST_BODY), ("keep", BODY_LIMIT)])
async def test_what_is_too_large_is_refused(address: Address, name: str, most: int) -> None:
    answer = await request(address, "POST", f"{PLACE}/{name}", b" " * (most + 1), JSON)
    assert answer.status == 413


async def test_a_conflict_is_told_with_its_mark(room: Room, address: Address) -> None:
    source = (await get(address, f"{PLACE}/source")).json
    room.box.file.write_text(room.box.text.replace("Neptune", "Pluto"))
    draft = {"mark": source["mark"], "text": source["text"].replace("Neptune", "Triton")}
    answer = (await post(address, "apply", draft)).json
    assert answer["became"] == "conflict"
    assert '+name = "Pluto"' in answer["difference"]
    assert answer["mark"] == (await get(address, f"{PLACE}/source")).json["mark"]


async def test_deeds_say_what_became_of_them(room: Room, address: Address) -> None:
    assert (await post(address, "keep", {})).json["became"] == "refused"
    source = (await get(address, f"{PLACE}/source")).json
    change = {"path": ["room", "name"], "value": "Triton"}
    draft = {"mark": source["mark"], "text": source["text"], "changes": [change]}
    assert (await post(address, "apply", draft)).json["became"] == "done"
    assert (await post(address, "keep", {})).json == {"became": "done"}
    newest, found = (await get(address, f"{PLACE}/versions")).json
    assert (newest["who"], newest["difference"], found["who"]) == ("anna", "", "")
    assert newest["when"] != ""
    assert '+name = "Neptune"' in found["difference"]
