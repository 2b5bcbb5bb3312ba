"""Who touched what on a screen elsewhere is in the audit, and no PIN and no secret is."""

from functools import partial

import pytest
import trio
from starlette.applications import Starlette
from starlette.types import Scope

from appliance.access.gate import PANEL_COOKIE, Gate
from appliance.access.roles import Caller, Role
from appliance.language.catalogue import ENGLISH
from appliance.maintain.audit import Audit
from appliance.panel.access import Access
from appliance.panel.camera.steering import Steering
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Asking, Hears
from appliance.panel.live.holds import Holds
from appliance.panel.live.presses import Fingers, Pressing
from appliance.panel.live.touch import Touch
from appliance.panel.live.touched import note_touch
from appliance.panel.view import Viewed
from appliance.room.inputs import Drive, Input
from appliance.room.motion import STILL
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import RoomState
from appliance.run.demo.virtual import virtual_room
from appliance.run.parts import Parts
from appliance.runtime.followed import Followed
from appliance.runtime.web.server import serve_web
from tests.access.scopes import scope
from tests.panel.live.test_connection import told
from tests.run.live.rooms import ALWAYS, room
from tests.runtime.web.test_sockets import page

PANEL = Caller("panel 1a2b3c4d", Role.TOUCH, "panel")
MAINTAINER = Caller("maintainer", Role.MAINTAIN, "session")
BOX = Caller("box", Role.TOUCH, "box")


class From(Access):
    """Everybody who comes is this one."""

    def __init__(self, caller: Caller) -> None:
        super().__init__()
        self._caller = caller

    def caller(self, scope: Scope) -> Caller | None:
        return self._caller


@pytest.fixture
def audit() -> Audit:
    return Audit(lambda: None)


def noted(audit: Audit) -> list[tuple[str, str, str, int]]:
    return [(entry.who, entry.by, entry.what, entry.times) for entry in reversed(audit.last())]


@pytest.mark.parametrize("caller", [PANEL, MAINTAINER])
def test_it_is_noted_with_the_name_of_who_touched(audit: Audit, caller: Caller) -> None:
    note_touch(audit, caller, "mute on")
    note_touch(audit, caller, "mute on")
    assert noted(audit) == [(caller.name, caller.by, "mute on", 2)]


def test_the_screen_on_the_box_is_in_the_room(audit: Audit) -> None:
    note_touch(audit, BOX, "mute on")
    assert noted(audit) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [("dial 7", "dial"), ("backspace", "backspace"), ("join 4711 2580", "join …"), ("join next",) * 2],
)
def test_what_is_typed_is_not_told(audit: Audit, words: str, what: str) -> None:
    note_touch(audit, PANEL, words)
    assert noted(audit) == [(PANEL.name, "panel", what, 1)]


@pytest.mark.parametrize(("caller", "expected"), [(PANEL, ["mute on", "press lights", "camera left"]), (BOX, [])])
async def test_what_a_page_has_done_is_noted_and_what_it_may_not_is_not(
    audit: Audit, nursery: trio.Nursery, caller: Caller, expected: list[str]
) -> None:
    state, moved = RoomState(link=Link(LinkPhase.UP)), list[Input]()

    def put(given: Input) -> None:
        nonlocal state
        moved.append(given)
        if isinstance(given, Drive):
            state = RoomState(link=state.link, motion=(-1, 0, 0) if given.pan else STILL)

    now = trio.current_time
    hears: dict[str, Hears] = {
        "hold": Holds(Steering(put, lambda: state).find, now),
        "do": Asking(Touch(lambda _action: None, now)),
        "press": Pressing(Fingers(lambda: ["lights"], put, now)),
    }
    feed = Feed(Viewed("Neptune", ENGLISH, titles=True))
    live = Live(
        Followed(state),
        feed,
        lambda: None,
        lambda: "box",
        ENGLISH,
        touched=feed,
        hears=hears,
        access=From(caller),
        did=partial(note_touch, audit),
    )
    (address,) = await nursery.start(partial(serve_web, Starlette(), "127.0.0.1:0", sockets={"/live": live.talk}))
    async with page(address) as connection:
        seen = (await told(connection))["now"]
        for said in (
            f'{{"do": "mute on", "id": 1, "seen": {seen}}}',
            f'{{"do": "mute on", "id": 1, "seen": {seen}}}',  # the same again is not done again
            f'{{"do": "reboot", "id": 2, "seen": {seen}}}',
            f'{{"press": "lights", "id": 3, "seen": {seen}}}',
            f'{{"press": "nothing", "id": 4, "seen": {seen}}}',
            f'{{"hold": 5, "do": "camera left", "seq": 0, "seen": {seen}}}',
            f'{{"hold": 6, "do": "camera", "seq": 0, "seen": {seen}}}',
        ):
            await connection.send_message(said)
        held = 0
        while held != 6:
            held = (await told(connection)).get("held", 0)
    assert [what for _, _, what, _ in noted(audit)] == expected
    assert all(times == 1 for *_, times in noted(audit))


async def test_a_screen_is_called_in_the_audit_as_it_was_when_it_was_paired() -> None:
    config = room(ALWAYS.format(name="Neptune", language="en", room="", panel=""))
    with virtual_room(config) as (_, hardware):
        parts = Parts(config, hardware)
        parts.access.pairing.invite("12345678", "https://room.example.com/pair", "")
        secret = await parts.access.pairing.end("12345678", "192.0.2.7")
        caller = Gate(lambda: parts.access.paired.digests).caller(
            scope("192.0.2.7", "https", f"{PANEL_COOKIE}={secret}")
        )
    assert caller is not None
    assert noted(parts.audit) == [("box", "box", "invited", 1), (caller.name, "panel", "paired", 1)]
    assert secret[:6] not in str(parts.audit.last())
