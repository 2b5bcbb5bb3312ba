"""The requests of docs/integrations.md, sent byte by byte and as Companion's module sends them."""

import json
import re
from pathlib import Path
from typing import Any

import h11
import httpx2
import pytest
import trio

from appliance.room import actions
from tests.integrations.rooms import a_box
from tests.runtime.web.client import read_answer

PAGE = (Path(__file__).parent.parent.parent / "docs" / "integrations.md").read_text()
CRESTRON = re.findall(r"```http\n(.*?)```", PAGE, re.DOTALL)
COMPANION = re.findall(r"^\| [^|]+ \| `(/\w+)` \| `(\{.*?\})` \| (\S+) \|$", PAGE, re.MULTILINE)


def test_the_page_has_them() -> None:
    assert (len(CRESTRON), len(COMPANION)) == (2, 6)


async def _answer(port: int, text: str) -> tuple[int, bytes]:
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    connection.send(h11.EndOfMessage())
    async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
        await stream.send_all(text.replace("\n", "\r\n").encode())
        given = await read_answer(connection, stream)
    return given.status, given.body


async def test_crestrons_requests_are_answered() -> None:
    async with a_box() as (world, port):
        ask, look = (text.replace("TOKEN", "touch") for text in CRESTRON)
        status, body = await _answer(port, ask.rstrip("\n"))
        assert (status, json.loads(body)["outcome"]) == (200, "confirmed")
        assert world.state.mic_muted is True
        status, body = await _answer(port, look)
        assert (status, json.loads(body)["view"]["mic_muted"]) == (200, True)
        assert (await _answer(port, look.replace("box.example.com", "other.example.com")))[0] == 421


@pytest.mark.parametrize(("path", "body", "kind"), COMPANION, ids=[body for _, body, _ in COMPANION])
def test_what_companion_asks_is_an_action(path: str, body: str, kind: str) -> None:
    assert (path, kind) == ("/actions", "application/json")
    actions.parse(json.loads(body)["do"])


FILE = Path(__file__).parent.parent.parent / "docs/examples/companion.companionconfig"


def buttons() -> list[dict[str, Any]]:
    """The buttons of the file, in the order of its rows and columns."""
    rows = json.loads(FILE.read_text())["page"]["controls"]
    return [rows[row][column] for row in sorted(rows, key=int) for column in sorted(rows[row], key=int)]


def test_companions_file_is_a_page_with_the_buttons_of_the_table() -> None:
    """As version 9 of its exports has it; see `ExportModel.ts` and `ButtonModel.ts` of its source."""
    page = json.loads(FILE.read_text())
    assert (page["version"], page["type"]) == (9, "page")
    assert set(page["page"]) == {"name", "controls", "gridSize"}
    (connection,) = page["instances"]
    assert page["instances"][connection]["instance_type"] == "generic-http"
    assert page["instances"][connection]["config"]["rejectUnauthorized"] is True
    shown = []
    for button in buttons():
        assert {"type", "options", "style", "feedbacks", "steps"} == set(button)
        (action,) = button["steps"]["0"]["action_sets"]["down"]
        assert (action["type"], action["definitionId"], action["connectionId"]) == ("action", "post", connection)
        given = action["options"]
        shown.append((given["url"], given["body"], given["contenttype"]))
        assert json.loads(given["header"]) == {"Authorization": "Bearer $(custom:offhook_token)"}
    assert shown == COMPANION


async def test_companions_requests_are_answered() -> None:
    """Its module parses body and header as JSON, and sends the first with its content type."""
    (header,) = re.findall(r"`(\{\"Authorization\".*?\})`", PAGE)
    async with a_box() as (world, port), httpx2.AsyncClient(trust_env=False) as client:
        headers = json.loads(header.replace("TOKEN", "touch"))
        url = f"http://127.0.0.1:{port}/api/v1"
        outcomes = {}
        for path, body, _ in COMPANION:
            got = await client.post(url + path, json=json.loads(body), headers=headers)
            assert got.status_code == 200, got.text
            outcomes[json.loads(body)["do"]] = got.json()["outcome"]
        seen = (await client.get(f"{url}/view", headers=headers)).json()["view"]
    assert {outcomes[do] for do in ("mute on", "mute off", "mute video on")} == {"confirmed"}
    assert "refused" not in outcomes.values()
    assert isinstance(seen["doing"], str)
    assert world.state.mic_muted is False
