"""What the status page says of programs that share the session."""

from appliance.language.catalogue import ENGLISH
from appliance.panel.programs import Done, Programs, Table, Using, tables
from appliance.panel.status import status_app
from appliance.room.state import RoomState
from tests.panel.conftest import Serve
from tests.runtime.web.client import get

PROGRAMS = Programs(
    (
        Using(name="crestron <b>", where="192.0.2.7", rights="user", since=10.0, commands=12),
        Using(name="a program at process 7", where="process 7", rights="", since=3000.0, commands=0),
    ),
    (Done("crestron <b>", "setMicMute", 3730.0), Done("crestron <b>", "call", 130.0)),
)


def test_who_is_here_and_who_did_what() -> None:
    assert tables(PROGRAMS, 3733.0, ENGLISH) == [
        Table(
            "Programs that share the terminal",
            ("Program", "Where", "Role", "For", "Commands"),
            (
                ("crestron <b>", "192.0.2.7", "User", "1:02:03", "12"),
                ("a program at process 7", "process 7", "–", "0:12:13", "0"),
            ),
        ),
        Table(
            "What programs did last",
            ("Program", "Command", "When"),
            (("crestron <b>", "setMicMute", "0:00:03 ago"), ("crestron <b>", "call", "1:00:03 ago")),
        ),
    ]


def test_nothing_is_said_where_there_is_nothing() -> None:
    assert tables(Programs(), 0.0, ENGLISH) == []
    assert [table.title for table in tables(Programs(deeds=PROGRAMS.deeds), 0.0, ENGLISH)] == ["What programs did last"]


async def test_the_page_shows_it_and_trusts_no_name(serve: Serve) -> None:
    address = await serve(status_app(RoomState, programs=lambda: PROGRAMS))
    page = (await get(address, "/")).body.decode()
    assert "<h2>Programs that share the terminal</h2>" in page
    assert "<td>crestron &lt;b&gt;</td><td>192.0.2.7</td><td>User</td>" in page
    assert "<td>crestron &lt;b&gt;</td><td>setMicMute</td>" in page


async def test_a_page_without_programs(serve: Serve) -> None:
    address = await serve(status_app(RoomState))
    assert "<h2>" not in (await get(address, "/")).body.decode()
