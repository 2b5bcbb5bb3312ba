"""What the glass shows of secrets and of those who guess them: the real driver, of every display that there is."""

import functools
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
import trio
import trio.testing
from PIL import Image

from appliance.access.gate import Gate
from appliance.access.hashing import Cost, Hasher
from appliance.access.limits import EACH
from appliance.access.password import LETTERS, PART, PARTS
from appliance.access.qr import qr_of
from appliance.config.tables.access import AccessConfig
from appliance.display import fonts
from appliance.display.burnin import DisplayPolicy
from appliance.display.canvas import Canvas
from appliance.display.draw import compose
from appliance.display.geometry import Geometry
from appliance.display.scale import scale
from appliance.display.view import View
from appliance.language.catalogue import ENGLISH
from appliance.language.text import Text
from appliance.maintain.audit import Audit
from appliance.panel.login.routes import login_routes
from appliance.room.local_events.shown import PasswordMade
from appliance.room.parts.shown import NewPassword, Notice
from appliance.room.secret import Secret
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.server import serve_web
from appliance.services.outputs.display import DisplayService, Said
from appliance.services.pages import access
from appliance.services.pages.access import AccessService
from appliance.services.store import RoomStore
from drivers.oled.fake import CHOICES, VirtualOled
from tests.display.scenes import room
from tests.runtime.web.client import Address, request

LONG = 60.0  # seconds: a busy machine is no failure
MANY = 1000
STILL = DisplayPolicy(shift_every=0, dim_after=0, off_after=0)
JSON = {"Content-Type": "application/json"}
SHAPES = {name: Geometry(each.width, each.height, each.mode) for name, each in CHOICES.items()}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "Hasher", lambda: Hasher(Cost(memory=8, passes=1)))


class Wall:
    """A display on the wall, and access behind it."""

    def __init__(self, name: str) -> None:
        self.store = RoomStore()
        self.store.followed.value = room()
        self.said = Said()
        self._drawn = Followed(0)
        self.glass = VirtualOled(self._draws)
        self.shape = SHAPES[name]
        self.audit = Audit(lambda: None)
        self.access = AccessService(None, self.store, lambda: None, AccessConfig(), self.audit, has_display=True)
        self.display = DisplayService(
            functools.partial(self.glass.open, CHOICES[name]),
            self.store,
            STILL,
            name="Neptune",
            address=str,
            clock=lambda: None,
            said=self.said,
        )

    def looks_like(self, state: RoomState) -> bool:
        """Whether the glass is lit and shows the page of a state."""
        now = trio.current_time()
        view = View(state=state, room="Neptune", address="", now=now, clock=None, shown_since=now, geometry=self.shape)
        return self.glass.awake and _same(self.glass.image, compose(view).image)

    async def until(self, state: RoomState) -> None:
        """Waits until the glass shows it."""
        with trio.fail_after(LONG):
            while not self.looks_like(state):
                await self._drawn.newer_than(self._drawn.value)

    def _draws(self) -> None:
        self._drawn.value += 1


def _same(one: Image.Image, other: Image.Image) -> bool:
    return (one.size, one.mode, one.tobytes()) == (other.size, other.mode, other.tobytes())


@asynccontextmanager
async def hung(name: str) -> AsyncIterator[Wall]:
    wall = Wall(name)
    async with trio.open_nursery() as nursery:
        await nursery.start(wall.access.run)
        await nursery.start(wall.display.run)
        yield wall
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("name", CHOICES)
async def test_the_first_password_is_on_the_glass_and_in_no_record(name: str) -> None:
    async with hung(name) as wall:
        wall.access.show_password()
        with trio.fail_after(LONG):
            while (made := wall.store.state.new_password) is None:
                await wall.store.followed.newer_than(wall.store.state)
        await wall.until(room(new_password=NewPassword(made.password, trio.current_time() + 60)))
        assert wall.said.picture is None
        assert made.password.text not in " ".join(wall.said.words)
        other = NewPassword(Secret("aaaa-bbbb-cccc"), trio.current_time() + 60)
        assert not wall.looks_like(room(new_password=other))  # it is this one that is seen


@pytest.mark.parametrize("name", CHOICES)
async def test_a_code_for_a_phone_is_on_the_glass_and_in_no_record(name: str) -> None:
    page, code = "https://192.168.10.25:8443/pair", "40718263"
    async with hung(name) as wall:
        await trio.testing.wait_all_tasks_blocked()
        wall.access.pairing.invite(code, page, qr_of(page, code))
        shown = wall.store.state.pairing
        assert shown is not None
        await wall.until(room(pairing=shown))
        assert wall.said.picture is None
        wall.access.pairing.forget()
        await wall.until(room())
        assert wall.said.picture is not None


@pytest.mark.parametrize("name", CHOICES)
def test_the_widest_password_is_seen_whole(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed shows its end alone where it is too long: a password must never."""
    seen = list[tuple[str, int, int]]()
    chance = random.Random(3)  # which letters

    def tail(_canvas: Canvas, _x: int, _y: int, text: str, face: fonts.Face, width: int) -> None:
        seen.append((text, fonts.width(text, face), width))

    monkeypatch.setattr(Canvas, "tail", tail)
    face = scale(SHAPES[name]).number[-1]
    widest = max(LETTERS, key=lambda letter: fonts.width(letter, face))
    passwords = ["-".join([widest * PART] * PARTS)]
    passwords += ["-".join("".join(chance.choices(LETTERS, k=PART)) for _ in range(PARTS)) for _ in range(20)]
    for password in passwords:
        state = room(new_password=NewPassword(Secret(password), 60.0))
        compose(View(state=state, room="", address="", now=0.0, clock=None, geometry=SHAPES[name]))
    assert [text for text, *_ in seen] == passwords
    assert [text for text, width, there in seen if width > there] == []


async def wrong(address: Address, number: int) -> int:
    body = json.dumps({"password": f"guess {number}"}).encode()
    return (await request(address, "POST", "/login", body, JSON)).status


@pytest.mark.slow
async def test_a_thousand_wrong_passwords_over_http_are_told_on_the_glass() -> None:
    async with hung("ssd1306-128x64") as wall, trio.open_nursery() as nursery:
        pages = web_app(login_routes(wall.access.login, Gate(sessions=wall.access.sessions), ENGLISH))
        address, *_ = await nursery.start(serve_web, pages, "127.0.0.1:0")
        await wall.access.login.renew()
        statuses = [await wrong(address, number) for number in range(EACH.free)]
        told = wall.store.state.notice
        assert told is not None
        assert told.text == Text("notice.password_guessed", where="127.0.0.1")
        await wall.until(room(notice=msgspec.structs.replace(told, until=trio.current_time() + 5)))
        assert "127.0.0.1" in " ".join(wall.said.words)
        assert wall.said.picture is not None  # that somebody guesses is no secret
        statuses += [await wrong(address, number) for number in range(EACH.free, MANY)]
        assert statuses == [401] * EACH.free + [429] * (MANY - EACH.free)
        deeds = [entry.what for entry in wall.audit.last()]
        assert deeds.count("locked_out") == 1
        nursery.cancel_scope.cancel()


async def test_who_asks_for_a_password_sees_it_while_somebody_guesses() -> None:
    """The notice comes by itself, and again each minute: it must not hide what somebody at the box has asked for."""
    async with hung("ssd1306-128x64") as wall:
        made = NewPassword(Secret("k7nn-4xqp-z2rt"), trio.current_time() + 60)
        wall.store.apply(PasswordMade(made.password, made.until))
        wall.store.tell(Text("notice.password_guessed", where="192.0.2.7"))
        notice = Notice(Text("notice.password_guessed", where="192.0.2.7"), trio.current_time() + 5)
        await wall.until(room(new_password=made, notice=notice))
        assert not wall.looks_like(room(notice=notice))
