"""Access with its real folder, which another process may change, as `offhook access` does."""

import json
import os
from pathlib import Path

import pytest
import trio
from structlog.testing import capture_logs

from appliance.access.hashing import Cost, Hasher
from appliance.access.kept import FOLDER, WISH
from appliance.access.login import CannotLogIn
from appliance.access.password import FILE, Password, kept_password
from appliance.access.roles import Role
from appliance.access.tokens import All, kept_tokens, with_token, without_token
from appliance.config.tables.access import AccessConfig
from appliance.language.text import Text
from appliance.maintain.audit import Audit
from appliance.panel.status import state_json
from appliance.services.pages import access
from appliance.services.pages.access import SHOWN, AccessService
from appliance.services.store import RoomStore
from tests.access.box import HERE

LONG = 20.0  # seconds: a busy machine is no failure


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "Hasher", lambda: Hasher(Cost(memory=8, passes=1)))


class Room:
    """A room with access."""

    def __init__(self, folder: Path | None, *, has_display: bool = True) -> None:
        self.store = RoomStore()
        self.audit = Audit(lambda: None)
        self.access = AccessService(
            folder, self.store, lambda: None, AccessConfig(), self.audit, has_display=has_display
        )

    async def shown(self) -> str:
        """Returns the password on the display, as soon as there is one."""
        with trio.fail_after(LONG):
            state = self.store.state
            while state.new_password is None:
                state = await self.store.followed.newer_than(state)
        return state.new_password.password.text


async def until_known(room: Room, token: str, *, known: bool = True) -> None:
    with trio.fail_after(LONG):
        while (room.access.tokens.caller(token) is not None) is not known:
            await room.access.looked.newer_than(room.access.looked.value)


async def test_a_button_shows_a_new_password_for_a_minute(tmp_path: Path, nursery: trio.Nursery) -> None:
    room = Room(tmp_path)
    await nursery.start(room.access.run)
    with capture_logs() as logs:
        room.access.show_password()
        password = await room.shown()
    kept = (tmp_path / FOLDER / FILE).read_text()
    assert json.loads(kept)["digest"].startswith("$argon2id$")
    assert (tmp_path / FOLDER / FILE).stat().st_mode & 0o777 == 0o600
    everywhere = f"{logs}{kept}{state_json(room.store.state)}{room.store.state!r}{room.audit.last()}"
    assert password not in everywhere
    assert password.replace("-", "") not in everywhere
    made = room.store.state.new_password
    assert made is not None
    assert trio.current_time() < made.until <= trio.current_time() + SHOWN
    assert await room.access.login.enter(password, HERE)


async def test_after_a_minute_it_is_nowhere(autojump_clock: trio.abc.Clock, nursery: trio.Nursery) -> None:
    room = Room(None)
    await nursery.start(room.access.run)
    room.access.show_password()
    while room.store.state.new_password is None:  # without a limit, which virtual time would reach before the digest
        await room.store.followed.newer_than(room.store.state)
    await trio.sleep(SHOWN + 1)
    assert room.store.state.new_password is None


async def test_a_second_time_the_first_one_is_good_no_longer(tmp_path: Path, nursery: trio.Nursery) -> None:
    room = Room(tmp_path)
    await nursery.start(room.access.run)
    room.access.show_password()
    first = await room.shown()
    room.access.show_password()
    with trio.fail_after(LONG):
        state = room.store.state
        while state.new_password is None or state.new_password.password.text == first:
            state = await room.store.followed.newer_than(state)
    with pytest.raises(CannotLogIn):
        await room.access.login.enter(first, HERE)
    await room.access.login.enter(state.new_password.password.text, HERE)


async def test_where_nobody_can_read_it_none_is_made(tmp_path: Path, nursery: trio.Nursery) -> None:
    room = Room(tmp_path, has_display=False)
    await nursery.start(room.access.run)
    room.access.show_password()
    assert room.store.state.notice is not None
    assert room.store.state.notice.text == Text("notice.no_maintainer")
    assert not room.access.login.has_password


async def test_what_cannot_be_kept_is_not_shown(tmp_path: Path, nursery: trio.Nursery) -> None:
    room = Room(tmp_path)
    await nursery.start(room.access.run)
    (tmp_path / FOLDER / FILE).mkdir()
    room.access.show_password()
    with trio.fail_after(LONG):
        while room.store.state.notice is None:
            await room.store.followed.newer_than(room.store.state)
    assert room.store.state.notice.text == Text("notice.password_failed")
    assert room.store.state.new_password is None
    assert not room.access.login.has_password


async def test_the_password_outlives_a_restart(tmp_path: Path) -> None:
    async with trio.open_nursery() as nursery:
        room = Room(tmp_path)
        await nursery.start(room.access.run)
        room.access.show_password()
        password = await room.shown()
        nursery.cancel_scope.cancel()
    async with trio.open_nursery() as nursery:
        room = Room(tmp_path)
        await nursery.start(room.access.run)
        await room.access.login.enter(password, HERE)
        nursery.cancel_scope.cancel()


async def test_tokens_come_and_go_while_it_runs(tmp_path: Path, nursery: trio.Nursery) -> None:
    room = Room(tmp_path)
    await nursery.start(room.access.run)
    every, token = with_token(All(), "lights", Role.TOUCH, None)
    kept_tokens(tmp_path).write(every)
    await until_known(room, token)
    kept_tokens(tmp_path).write(without_token(every, "lights"))
    await until_known(room, token, known=False)


async def test_a_password_from_outside_ends_every_session(tmp_path: Path, nursery: trio.Nursery) -> None:
    room = Room(tmp_path)
    await nursery.start(room.access.run)
    room.access.show_password()
    secret = await room.access.login.enter(await room.shown(), HERE)
    kept_password(tmp_path).write(Password())
    with trio.fail_after(LONG):
        while room.access.sessions.caller(secret) is not None:
            await room.access.looked.newer_than(room.access.looked.value)
    assert not room.access.login.has_password


@pytest.fixture(params=["before", "while"])
def moment(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_the_command_asks_for_one_on_the_display(tmp_path: Path, nursery: trio.Nursery, moment: str) -> None:
    room = Room(tmp_path)
    wish = tmp_path / FOLDER / WISH
    if moment == "before":
        wish.parent.mkdir()
        wish.touch()
    await nursery.start(room.access.run)
    if moment == "while":
        os.close(os.open(wish, os.O_CREAT | os.O_WRONLY))
    await room.access.login.enter(await room.shown(), HERE)
    assert not wish.exists()
