"""The maintenance pages as they are served: to whom, and what they say."""

import io
import threading
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
import trio
from PIL import Image
from starlette.routing import BaseRoute
from starlette.types import Scope

from appliance.access.roles import Caller, Role
from appliance.fleet.conditions import Conditions
from appliance.language.catalogue import Language
from appliance.language.languages import language
from appliance.language.text import NOTHING, Text, verbatim
from appliance.maintain.answers import Answers
from appliance.maintain.audit import Audit
from appliance.maintain.bundle import Contents
from appliance.maintain.link import LinkRecord
from appliance.maintain.news import News
from appliance.maintain.settings import Change, Seen, TooMany
from appliance.maintain.trials import Trial, Way
from appliance.maintain.trying import Trials, Trying
from appliance.panel.maintenance.bundle import bundle_route
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.log import log_route
from appliance.panel.maintenance.machine import machine_routes
from appliance.panel.maintenance.parts import trial_route
from appliance.panel.maintenance.pictures import picture_routes
from appliance.panel.maintenance.routes import maintenance_routes
from appliance.panel.maintenance.terminal import setting_route
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.settings.rows import Row
from appliance.room.settings.setting import Value
from appliance.room.settings.table import BY_NAME
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.recent import Recent
from appliance.runtime.supervisor import Condition, Health
from appliance.runtime.web.answers import web_app
from tests.maintain.machines import Machine
from tests.panel.conftest import Serve
from tests.runtime.web.client import get, post, request
from tests.virtual_time import real

ANNA = Caller("anna", Role.MAINTAIN, "session")
CLOCK = datetime(2026, 11, 27, 12, 0, 30, tzinfo=UTC)
PAGES = (
    *("/maintenance", "/maintenance/log", "/maintenance/log/lines", "/maintenance/audit", "/maintenance/pictures"),
    *(
        "/maintenance/parts",
        "/maintenance/support",
        "/maintenance/terminal",
        "/maintenance/machine",
        "/maintenance/display.png",
        "/maintenance/wiring.svg",
    ),
    "/maintenance/bundle.zip",
)


class Settings:
    """Settings of a terminal that answers when it is told to; `tests/e2e/test_terminal_settings.py` has a real one."""

    def __init__(self) -> None:
        self.looked, self.wanted = list[bool](), list[tuple[str, Value, str, str]]()
        self.now = Seen(NOTHING, (Row(BY_NAME["auto_answer"], value=False), Row(BY_NAME["loudspeaker_level"], 40)))
        self.becomes: Change | None = Change(True, "confirmed")

    async def read(self, *, afresh: bool) -> None:
        self.looked.append(afresh)

    def seen(self) -> Seen:
        return self.now

    async def change(self, wanted: Mapping[str, Value], who: str, by: str, within: float) -> Mapping[str, Change]:
        assert within == 5
        if self.becomes is None:
            raise TooMany
        self.wanted += [(name, value, who, by) for name, value in wanted.items()]
        return dict.fromkeys(wanted, self.becomes)


class Room:
    """A room whose display is missing, and its link lost once."""

    def __init__(self) -> None:
        self.conditions = Conditions()
        self.audit = Audit(lambda: CLOCK)
        self.answers = Answers()
        self.log = Recent(now=CLOCK.timestamp)
        self.now = 130.0
        self.glass: Image.Image | None = Image.new("1", (128, 64))
        self.quiet, self.begun = True, list[str]()
        known = {
            "lamp door": self._trial("lamp", disturbs=False, replaces=True),
            "relay door": self._trial("relay", asks=True),
        }
        self.trying = Trying(Followed(RoomState()), lambda _state: self.quiet)
        self.trials = Trials(known, self.trying, self.audit)
        self.settings = Settings()
        self.machine = Machine()
        self.fetched = threading.Event()
        self.fetched.set()
        self.caller: Caller | None = ANNA
        self.conditions.change("lamps", Health(Condition.READY), 100.0)
        self.conditions.change("display", Health(Condition.OFFLINE, "no display at 0x3c <b>"), 120.0)
        self.record = LinkRecord().up(100.0, "newer").down(110.0, Text("lost.silent"), was_up=True).up(115.0, "newer")

    @property
    def desk(self) -> Desk:
        return Desk(
            room="Neptune",
            clock=lambda: CLOCK,
            now=lambda: self.now,
            state=lambda: RoomState(link=Link(LinkPhase.UP)),
            known=lambda: self.conditions.known,
            link=lambda: self.record,
            answers=self.answers.figures,
            account=lambda: "user",
            audit=self.audit,
            news=News(),
            log=self.log,
            notes=self.audit,
            glass=lambda: self.glass,
            said=lambda: ("Room 3", "Free"),
            wiring=lambda language: f"<svg><title>{language.code}</title></svg>",
            bundle=self._bundle,
            trials=lambda: self.trials,
            settings=self.settings,
            machine=self.machine,
        )

    def routes(self, code: str = "en") -> list[BaseRoute]:
        spoken = language("ru" if code == "ru" else "en")
        return [
            *maintenance_routes(self.desk, self._whose, spoken),
            log_route(self.desk, self._whose, spoken),
            *picture_routes(self.desk, self._whose, spoken),
            bundle_route(self.desk, self._whose, spoken),
            trial_route(self.desk, self._whose, spoken),
            setting_route(self.desk, self._whose, spoken),
            *machine_routes(self.desk, self._whose, spoken),
        ]

    def _trial(self, name: str, **how: bool) -> Trial:
        async def run(way: str, confirm: Callable[[], None]) -> None:
            self.begun.append(f"{name} {way}")
            confirm()
            await trio.lowlevel.checkpoint()

        called = Text("device.named", device=Text("device.lamp"), name=name)
        ways = tuple(Way(key, verbatim(f"{key}!"), verbatim(f"It goes {key}.")) for key in ("blink", "on"))
        return Trial(called=called, run=run, ways=ways, **how)

    async def _bundle(self, _language: Language) -> Contents:
        def log() -> str:
            self.fetched.wait(10)
            return "password hunter22 of anna\n"

        return Contents({"log.txt": log}, {"display.png": lambda: b"PNG"}, lambda: ["hunter22"], at=CLOCK)

    def _whose(self, _scope: Scope) -> Caller | None:
        return self.caller


async def page(serve: Serve, room: Room, path: str = "/maintenance") -> str:
    answer = await get(await serve(web_app(room.routes())), path)
    assert answer.status == 200
    return answer.body.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("caller", "status"),
    [
        (None, 403),
        (Caller("somebody", Role.VIEW, "token"), 403),
        (Caller("box", Role.TOUCH, "box"), 403),
        (ANNA, 200),
    ],
)
async def test_only_who_maintains_the_box_sees_anything(
    serve: Serve, path: str, caller: Caller | None, status: int
) -> None:
    room = Room()
    room.caller = caller
    answer = await get(await serve(web_app(room.routes())), path)
    assert answer.status == status
    assert (b"maintains the box" in answer.body) is (status == 403)


async def test_a_browser_is_sent_to_log_in_and_back(serve: Serve) -> None:
    room = Room()
    room.caller = None
    address = await serve(web_app(room.routes()))
    answer = await request(address, "GET", "/maintenance/log?lang=ru", b"", {"Accept": "text/html,*/*"})
    assert (answer.status, answer.headers["location"]) == (303, "/login?to=%2Fmaintenance%2Flog%3Flang%3Dru")


async def test_what_does_not_work_comes_first_with_what_to_do(serve: Serve) -> None:
    said = await page(serve, Room())
    assert said.index('data-service="display" data-condition="offline"') < said.index('data-service="lamps"')
    assert "no display at 0x3c &lt;b&gt;" in said
    assert "Check its four wires" in said
    assert "2026-11-27 12:00:20" in said  # ten seconds before now


async def test_the_last_error_of_what_works_again_is_still_told(serve: Serve) -> None:
    room = Room()
    room.conditions.change("display", Health(Condition.READY), 125.0)
    said = await page(serve, room)
    assert 'data-service="display" data-condition="ready"' in said
    assert "no display at 0x3c" in said
    assert "Check its four wires" not in said


async def test_how_the_link_has_been(serve: Serve) -> None:
    room = Room()
    for seconds in (*[0.004] * 98, 0.25, 0.006):
        room.answers.took(seconds)
    said = await page(serve, room)
    assert "<td>last 6.0 ms, median 4.0 ms, 99 of 100 within 6.0 ms; of 100</td>" in said
    assert '<th scope="row">Reconnections</th><td>1</td>' in said
    assert "2026-11-27 12:00:10: " in said
    assert "<td>User</td>" in said
    assert "<td>Newer</td>" in said


async def test_who_did_what(serve: Serve) -> None:
    room = Room()
    assert "Nobody has done anything yet." in await page(serve, room, "/maintenance/audit")
    room.audit.note("<i>crestron</i>", "ptzLeft", by="program")
    room.audit.note("<i>crestron</i>", "ptzLeft", by="program")
    said = await page(serve, room, "/maintenance/audit")
    assert "&lt;i&gt;crestron&lt;/i&gt; <small>program</small>" in said
    assert "<code>ptzLeft</code> <small>× 2</small>" in said
    assert "2026-11-27 12:00:30" in said


async def test_a_page_speaks_the_language_that_it_is_asked_in(serve: Serve) -> None:
    assert "Что делать" in await page(serve, Room(), "/maintenance?lang=ru")


def logged(room: Room, level: str, event: str, **fields: object) -> None:
    room.log(None, level, {"event": event, "level": level, **fields})


async def test_the_log_is_told_from_where_a_page_has_it(serve: Serve) -> None:
    room = Room()
    logged(room, "info", "link_up", app_state="IDLE")
    logged(room, "warning", "service_failed", service="display", reason="gone")
    address = await serve(web_app(room.routes()))
    first = (await get(address, "/maintenance/log/lines")).json
    assert first["lines"] == [
        ["2026-11-27 12:00:30", "info", "link_up", "app_state=IDLE"],
        ["2026-11-27 12:00:30", "warning", "service_failed", "service=display reason=gone"],
    ]
    logged(room, "info", "service_back", service="display")
    then = (await get(address, f"/maintenance/log/lines?after={first['last']}")).json
    assert [line[2] for line in then["lines"]] == ["service_back"]


@pytest.mark.parametrize(
    ("query", "events"),
    [
        ("level=warning", ["service_failed"]),
        ("event=service", ["service_failed", "service_back"]),
        ("text=DISPLAY&level=debug", ["service_failed", "service_back"]),
        ("event=link&text=display", []),
    ],
)
async def test_only_those_lines_are_told_that_are_wanted(serve: Serve, query: str, events: list[str]) -> None:
    room = Room()
    logged(room, "info", "link_up")
    logged(room, "error", "service_failed", service="display")
    logged(room, "info", "service_back", service="display")
    answer = await get(await serve(web_app(room.routes())), f"/maintenance/log/lines?{query}")
    assert [line[2] for line in answer.json["lines"]] == events


async def test_a_page_that_has_missed_much_is_told_how_much(serve: Serve) -> None:
    room = Room()
    for number in range(500):
        logged(room, "info", f"event_{number}")
    told = (await get(await serve(web_app(room.routes())), "/maintenance/log/lines?after=10")).json
    assert (len(told["lines"]), told["left_out"], told["last"]) == (200, 290, 500)
    assert told["lines"][-1][2] == "event_499"


@pytest.mark.parametrize("query", ["after=-1", "after=x", f"text={'x' * 101}"])
async def test_a_question_that_makes_no_sense_is_refused(serve: Serve, query: str) -> None:
    answer = await get(await serve(web_app(Room().routes())), f"/maintenance/log/lines?{query}")
    assert answer.status == 400


async def test_the_display_is_shown_as_it_is(serve: Serve) -> None:
    room = Room()
    address = await serve(web_app(room.routes()))
    answer = await get(address, "/maintenance/display.png")
    assert answer.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(answer.body)) as shown:
        assert shown.size == (128, 64)
    assert 'alt="Room 3 · Free"' in (await get(address, "/maintenance/pictures")).body.decode()
    room.glass = None
    assert (await get(address, "/maintenance/display.png")).status == 404
    assert "The display is dark" in (await get(address, "/maintenance/pictures")).body.decode()


async def test_the_wiring_is_drawn_in_the_language_that_is_asked_for(serve: Serve) -> None:
    answer = await get(await serve(web_app(Room().routes())), "/maintenance/wiring.svg?lang=pl")
    assert (answer.headers["content-type"], answer.body) == ("image/svg+xml", b"<svg><title>pl</title></svg>")


async def test_a_bundle_is_a_zip_and_a_deed(serve: Serve) -> None:
    room = Room()
    answer = await get(await serve(web_app(room.routes())), "/maintenance/bundle.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="offhook-20261127-120030.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.body)) as bundle:
        assert bundle.testzip() is None
        assert bundle.read("log.txt") == b"password (removed) of anna\n"
        assert bundle.read("display.png") == b"PNG"
    assert [(entry.who, entry.what) for entry in room.audit.last()] == [("anna", "support_bundle")]


async def test_one_bundle_is_made_at_a_time(serve: Serve) -> None:
    room, statuses = Room(), list[int]()
    room.fetched.clear()
    address = await serve(web_app(room.routes()))

    async def ask() -> None:
        statuses.append((await get(address, "/maintenance/bundle.zip")).status)
        room.fetched.set()

    with trio.fail_after(real(20)):
        async with trio.open_nursery() as nursery:
            for _ in range(2):
                nursery.start_soon(ask)
    assert statuses == [503, 200]


@pytest.fixture
async def trying(nursery: trio.Nursery) -> Room:
    """A room in which parts can be tried."""
    room = Room()
    await nursery.start(lambda task_status: room.trying.run(task_status=task_status))
    return room


async def tried(serve: Serve, room: Room, **wish: object) -> tuple[int, str, str]:
    """The status, what became of it, and the words for it."""
    answer = await post(await serve(web_app(room.routes())), "/maintenance/parts/try", wish)
    return answer.status, answer.json.get("became", ""), answer.json.get("says", "")


async def test_a_part_is_tried_and_that_is_a_deed(serve: Serve, trying: Room) -> None:
    assert await tried(serve, trying, part="lamp door") == (200, "confirmed", "Confirmed: It goes blink.")
    assert await tried(serve, trying, part="lamp door", how="on") == (200, "confirmed", "Confirmed: It goes on.")
    assert trying.begun == ["lamp blink", "lamp on"]
    assert [(entry.who, entry.what, entry.about) for entry in trying.audit.last()] == [
        ("anna", "try", "lamp door: on"),
        ("anna", "try", "lamp door: blink"),
    ]


async def test_what_acts_is_done_for_who_is_sure_alone(serve: Serve, trying: Room) -> None:
    assert await tried(serve, trying, part="relay door", how="on") == (200, "asks", "It goes on.")
    assert (trying.begun, trying.audit.last()) == ([], ())
    assert (await tried(serve, trying, part="relay door", how="on", sure=True))[1] == "confirmed"
    assert trying.begun == ["relay on"]


async def test_in_a_call_nothing_is_tried_that_disturbs(serve: Serve, trying: Room) -> None:
    trying.quiet = False
    assert (await tried(serve, trying, part="relay door", sure=True))[1] == "refused"
    assert (await tried(serve, trying, part="lamp door"))[1] == "confirmed"
    assert trying.begun == ["lamp blink"]


async def test_the_page_offers_every_way(serve: Serve) -> None:
    said = await page(serve, Room(), "/maintenance/parts")
    assert '<tr data-part="lamp door"><th scope="row">lamp lamp</th>' in said
    assert '<tr data-part="relay door" data-asks>' in said
    assert said.count('<option value="blink">blink!</option>') == 2


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"part": "nothing"}, 404),
        ({"part": "lamp door", "how": "nothing"}, 404),
        ({}, 400),
        ({"part": "x" * 101}, 400),
        ({"part": "lamp door", "how": 5}, 400),
    ],
)
async def test_what_is_no_part_is_not_tried(serve: Serve, trying: Room, wish: dict[str, object], status: int) -> None:
    assert (await tried(serve, trying, **wish))[0] == status
    assert trying.begun == []


async def test_only_who_maintains_the_box_tries_parts(serve: Serve, trying: Room) -> None:
    trying.caller = Caller("box", Role.TOUCH, "box")
    assert (await tried(serve, trying, part="lamp door"))[0] == 403
    assert trying.begun == []


async def test_opening_the_settings_asks_the_terminal_and_a_page_that_stays_open_does_not(serve: Serve) -> None:
    room = Room()
    address = await serve(web_app(room.routes()))
    said = (await get(address, "/maintenance/terminal")).body.decode()
    assert '<td role="cell" id="value-auto_answer" data-live="terminal">Off</td>' in said
    assert 'value="true" aria-label="Answers calls by itself: Switch on">Switch on</button>' in said
    assert 'min="0" max="100" value="40"' in said
    await get(address, "/maintenance/terminal", {"X-By-Itself": "1"})
    assert room.settings.looked == [True, False]


async def test_what_was_asked_or_refused_stands_beside_the_confirmed_value(serve: Serve) -> None:
    room = Room()
    changes = {"auto_answer": Change(True, "asked"), "loudspeaker_level": Change(90, "refused", Text("setting.lost"))}
    room.settings.now = Seen(NOTHING, room.settings.now.rows, changes)
    said = await page(serve, room, "/maintenance/terminal")
    assert 'data-live="terminal" data-asked>Off<br><small>Asked for: On</small>' in said
    assert "40 %<br><small>The link was lost before" in said


async def test_what_may_not_be_set_says_why_and_what_else_decides_it(serve: Serve) -> None:
    room = Room()
    row = Row(BY_NAME["http_server"], why=Text("setting.why_administrator"), remark=Text("setting.pictures_from_it"))
    room.settings.now = Seen(NOTHING, (row,))
    said = await page(serve, room, "/maintenance/terminal")
    assert "only for its administrator" in said
    assert "Pictures of the camera" in said
    assert "<form" not in said


async def test_without_a_link_there_are_no_settings_and_it_says_why(serve: Serve) -> None:
    room = Room()
    room.settings.now = Seen(Text("lost.silent"))
    said = await page(serve, room, "/maintenance/terminal")
    assert "The settings are not known without a link" in said
    assert "<table" not in said


async def set_to(serve: Serve, room: Room, **wish: object) -> tuple[int, object]:
    answer = await post(await serve(web_app(room.routes())), "/maintenance/terminal/set", wish)
    return answer.status, answer.json.get("says", answer.json)


async def test_a_setting_is_asked_for_in_the_name_of_who_asks(serve: Serve) -> None:
    room = Room()
    assert await set_to(serve, room, setting="auto_answer", value=True) == (200, "Answers calls by itself: On")
    assert room.settings.wanted == [("auto_answer", True, "anna", "session")]
    room.settings.becomes = Change(True, "asked")
    assert await set_to(serve, room, setting="auto_answer", value=True) == (
        200,
        "Answers calls by itself: Asked for: On",
    )
    room.settings.becomes = Change(True, "refused", Text("setting.not_here"))
    assert await set_to(serve, room, setting="nothing", value=True) == (
        200,
        "This terminal does not have this setting.",
    )


@pytest.mark.parametrize(
    "wish", [{}, {"setting": "x"}, {"setting": "x", "value": None}, {"setting": "x", "value": 1.5}]
)
async def test_a_wish_that_makes_no_sense_is_refused(serve: Serve, wish: dict[str, object]) -> None:
    room = Room()
    assert (await set_to(serve, room, **wish))[0] == 400
    assert room.settings.wanted == []


async def test_too_many_wishes_are_refused(serve: Serve) -> None:
    room = Room()
    room.settings.becomes = None
    assert (await set_to(serve, room, setting="auto_answer", value=True))[0] == 429


async def test_only_who_maintains_the_box_sets_anything(serve: Serve) -> None:
    room = Room()
    room.caller = Caller("box", Role.TOUCH, "box")
    assert (await set_to(serve, room, setting="auto_answer", value=True))[0] == 403
    assert room.settings.wanted == []
