from urllib.parse import quote

import pytest
import trio
import trio.testing
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.runtime.web import answers
from appliance.runtime.web.answers import Revision, json_answer, long_poll, read_json, web_app
from appliance.runtime.web.assets import asset_route
from tests.panel.conftest import Serve
from tests.runtime.web.client import Address, get, request


@pytest.fixture
def revision() -> Revision:
    return Revision()


@pytest.fixture
async def address(serve: Serve, revision: Revision) -> Address:
    async def poll(request: Request) -> Response:
        await long_poll(request, revision)
        return json_answer(revision.value)

    return await serve(web_app([Route("/poll", poll), asset_route("appliance.panel")]))


async def test_poll_answers_at_once_what_is_new_to_the_asker(address: Address, revision: Revision) -> None:
    revision.changed()
    assert [(await get(address, f"/poll{query}")).json for query in ("", "?after=1", "?after=99")] == [2, 2, 2]


async def test_poll_waits_for_the_next_change(address: Address, revision: Revision) -> None:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_expect_two, address)
        await trio.testing.wait_all_tasks_blocked(0.05)
        assert nursery.child_tasks
        revision.changed()


async def _expect_two(address: Address) -> None:
    assert (await get(address, "/poll?after=1")).json == 2


async def test_poll_is_bounded(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LONG_POLL", 0.05)
    assert (await get(address, "/poll?after=1")).json == 1


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5", "9" * 40, "٣"])
async def test_revision_that_is_no_number_is_refused(address: Address, after: str) -> None:
    answer = await get(address, f"/poll?after={quote(after)}")
    assert (answer.status, answer.json["error"]) == (400, f"after is `{after}`; expected the number of a revision")


async def test_static_files_are_checked_and_not_sent_twice(address: Address) -> None:
    first = await get(address, "/static/status.css")
    assert (first.status, first.headers["content-type"]) == (200, "text/css; charset=utf-8")
    again = await get(address, "/static/status.css", {"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    for name in ("nothing.css", "..%2f__init__.py", "../__init__.py"):
        assert (await get(address, f"/static/{name}")).status == 404


@pytest.mark.parametrize("body", [b'{"value": "\xff"}', b"[" * 20_000, b"1e999", b"{"])
async def test_a_body_that_is_no_json_is_refused(serve: Serve, body: bytes) -> None:
    async def read(request: Request) -> Response:
        return json_answer(await read_json(request, dict[str, str]))

    address = await serve(web_app([Route("/read", read, methods=["POST"])]))
    assert (await request(address, "POST", "/read", body)).status == 400
