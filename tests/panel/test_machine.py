"""The machine page and what it asks for, on real sockets: to whom, with which words, and how files come and go."""

from functools import partial

import h11
import pytest
import trio

from appliance.access.roles import Caller, Role
from appliance.language.text import Text
from appliance.maintain.machine import Became
from appliance.maintain.wishes import Backup, Reboot, Renewal, Reset, Restart, Restore
from appliance.room.update import Update, UpdatePhase, said
from appliance.run.pages.status import LARGE_BODIES
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.server import serve_web
from tests.maintain.machines import PIECES
from tests.panel.conftest import Serve
from tests.panel.test_maintenance import Room
from tests.panel.test_maintenance import page as shown
from tests.runtime.web.client import Address, Answer, get, post, request

MACHINE = "/maintenance/machine"
FILE = {"Content-Type": "application/octet-stream"}
WISHES = {
    "restart": ({"now": True, "in_call": True}, Restart(now=True, in_call=True)),
    "reboot": ({"sure": True}, Reboot(sure=True)),
    "reset": ({"room": "Neptune"}, Reset("Neptune")),
    "update": ({"wish": "check"}, Renewal("check")),
    "backup": ({"passphrase": "four random words"}, Backup("four random words")),
}


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
async def address(room: Room, nursery: trio.Nursery) -> Address:
    start = partial(serve_web, web_app(room.routes()), "127.0.0.1:0", large=LARGE_BODIES)
    addresses: list[Address] = await nursery.start(start)
    return addresses[0]


async def sent(address: Address, content: bytes, query: str = "", passphrase: str = "four%20random%20words") -> Answer:
    headers = FILE | {"Offhook-Passphrase": passphrase}
    return await request(address, "POST", f"{MACHINE}/restore{query}", content, headers)


@pytest.mark.parametrize("name", WISHES)
async def test_a_wish_is_told_with_who_has_it(room: Room, address: Address, name: str) -> None:
    body, wish = WISHES[name]
    assert (await post(address, f"{MACHINE}/{name}", body)).status == 200
    assert room.machine.wished == [(wish, "anna")]


async def test_what_is_asked_back_is_said_in_the_language_of_the_page(room: Room, address: Address) -> None:
    room.machine.became = Became("asks", Text("machine.in_call"), "in_call")
    answer = await post(address, f"{MACHINE}/reboot?lang=ru", {})
    assert (answer.json["became"], answer.json["wants"]) == ("asks", "in_call")
    assert answer.json["says"].startswith("Идёт звонок")


@pytest.mark.parametrize("caller", [None, Caller("box", Role.TOUCH, "box"), Caller("p", Role.VIEW, "token")])
@pytest.mark.parametrize("name", [*WISHES, "restore"])
async def test_nobody_else_does_anything(room: Room, address: Address, caller: Caller | None, name: str) -> None:
    room.caller = caller
    answer = await (sent(address, b"x") if name == "restore" else post(address, f"{MACHINE}/{name}", WISHES[name][0]))
    assert answer.status == 403
    assert room.machine.wished == []


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("restart", {"now": 1}),
        ("reboot", {"sure": True, "soon": True}),
        ("reset", {}),
        ("update", {"wish": "downgrade"}),
        ("backup", {"passphrase": "too short"}),
        ("backup", {"passphrase": "x" * 1001}),
    ],
)
async def test_what_is_no_wish_is_none(room: Room, address: Address, name: str, body: object) -> None:
    assert (await post(address, f"{MACHINE}/{name}", body)).status == 400
    assert room.machine.wished == []


async def test_a_backup_is_a_file_of_the_length_that_is_told(address: Address) -> None:
    answer = await post(address, f"{MACHINE}/backup", {"passphrase": "four random words"})
    assert answer.body == b"".join(PIECES)
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].endswith('-2026-11-27.offhook"')
    assert answer.headers["cache-control"] == "no-store"


async def test_a_backup_that_cannot_be_is_no_file(room: Room, address: Address) -> None:
    room.machine.refuses = Text("deputy.none")
    answer = await post(address, f"{MACHINE}/backup", {"passphrase": "four random words"})
    assert (answer.status, "offhook-deputy.socket" in answer.json["error"]) == (409, True)


async def test_a_backup_that_ends_early_is_not_taken_for_whole(room: Room, address: Address) -> None:
    room.machine.ends_early = True
    with pytest.raises(h11.RemoteProtocolError, match="without sending complete message"):
        await post(address, f"{MACHINE}/backup", {"passphrase": "four random words"})


async def test_a_backup_is_sent_with_its_passphrase_in_a_header(room: Room, address: Address) -> None:
    content = bytes(range(256)) * 1000  # much more than any other body may have
    answer = await sent(address, content, "?sure=true&in_call=false", "z%C3%BCrich%20%25")
    assert answer.json["became"] == "done"
    assert room.machine.wished == [(Restore("zürich %", sure=True), "anna")]
    assert room.machine.content == content


async def test_one_backup_is_restored_at_a_time(room: Room, address: Address) -> None:
    async with room.machine.receiving:
        answer = await sent(address, b"x")
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")


async def test_the_page_says_what_cannot_be_and_why(room: Room, serve: Serve) -> None:
    whole = await shown(serve, room, MACHINE)
    assert "disabled" not in whole
    room.machine.stands(
        deputy=Text("deputy.none"), restart=Text("machine.no_restart"), renewal=Text("machine.no_renewal")
    )
    lacking = await shown(serve, room, MACHINE)
    forms = lacking.split("<form")[1:]
    assert len(forms) == 6
    assert all("disabled aria-describedby" in form for form in forms)
    assert "offhook-deputy.socket" in lacking
    assert "sudo apt update" in lacking


async def test_the_page_says_which_version_there_is(room: Room, serve: Serve) -> None:
    result = said(Text("machine.no_renewal"))
    update = Update(installed="0.1.0", wanted="0.2.0", phase=UpdatePhase.OFFERED, result=result)
    room.machine.stands(update=update)  # type: ignore[arg-type]  # the one that is no text
    whole = await shown(serve, room, MACHINE)
    assert "<td>0.1.0; 0.2.0 is available</td>" in whole
    assert "<td>Nothing renews this box by itself." in whole


async def test_the_page_is_for_who_maintains_the_box(room: Room, address: Address) -> None:
    assert (await get(address, MACHINE)).status == 200
    room.caller = None
    assert (await get(address, MACHINE)).status == 403
