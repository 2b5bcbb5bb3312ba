"""Joins access to the room: its files, a new password on the display, and who is told of guessers.

The command `offhook access` and the service meet in one folder. The command writes digests there, or `WISH`, which asks
for a new password on the display. The folder is watched, so that a token that was removed lets nobody in any more from
then on; nothing listens for that.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
import trio

from appliance.access import limits
from appliance.access.hashing import Hasher
from appliance.access.kept import WISH
from appliance.access.login import CannotLogIn, Keeps, Login
from appliance.access.notes import Notes
from appliance.access.paired import Paired
from appliance.access.password import Password, kept_password
from appliance.access.sessions import Sessions
from appliance.access.tokens import Tokens, kept_tokens
from appliance.config.tables.access import AccessConfig
from appliance.language.text import Text
from appliance.panel.pair.pairing import Pairing
from appliance.room.local_events.shown import PasswordMade, PasswordShown
from appliance.room.secret import Secret
from appliance.runtime import atomic
from appliance.runtime.followed import Followed
from appliance.runtime.web.guesses import Guesses
from appliance.runtime.written import Written
from appliance.services.pages.inviting import Inviting
from appliance.services.store import RoomStore

log = structlog.get_logger()

SHOWN: Final = 60.0
"""Seconds in which the display shows a new password: enough to type it on a phone, or to write it down."""


class AccessService:
    """Who may log in, which programs have tokens, and which screens are paired.

    `login`, `sessions`, `tokens`, `pairing` and `inviting` are for pages. `looked`: how often the files were
    read, for whoever waits for what somebody writes there.
    """

    def __init__(
        self,
        folder: Path | None,
        store: RoomStore,
        clock: Callable[[], datetime | None],
        config: AccessConfig,
        notes: Notes,
        *,
        has_display: bool,
        origin: Callable[[], str] = str,
    ) -> None:
        """`folder`: the service's state folder; without one everything lasts as long as the process.

        `origin`: at which phones reach the pages; empty where they cannot.
        """
        self._kept_password, self._kept_tokens = kept_password(folder), kept_tokens(folder)
        self._password = Password()
        self._store = store
        self._has_display = has_display
        self._runs = False
        self._wanted = trio.Event()
        self._guesses = Guesses(trio.current_time, limits.EACH, limits.TOGETHER)
        self.looked = Followed(0)
        self.paired = Paired(folder)
        self.pairing = Pairing(store, self.paired.add, trio.current_time, notes, has_display=has_display)
        self.inviting = Inviting(self.pairing, store, origin)
        self.tokens = Tokens(clock)
        self.sessions = Sessions(trio.current_time, config.session_idle * 60, config.session_longest * 3600)
        self.login = Login(
            Keeps(lambda: self._password, self._keep),
            Hasher(),
            self.sessions,
            self._guesses,
            notes=notes,
            tell=store.tell,
            now=trio.current_time,
        )

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads the files, follows them and shows passwords until cancelled. Raises `OSError`."""
        if self._kept_password.folder is not None:
            await trio.to_thread.run_sync(atomic.make_folder, self._kept_password.folder, 0o700)
        self._runs = True
        await self._read()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._make)
            nursery.start_soon(self.inviting.run)
            if self._kept_password.folder is not None:
                nursery.start_soon(self._follow, self._kept_password.folder)
            task_status.started()

    def show_password(self) -> None:
        """Makes a new password and shows it on the display."""
        if not (self._runs and self._has_display):
            self._store.tell(Text("notice.no_maintainer"))
            return
        self._wanted.set()

    async def _follow(self, folder: Path) -> None:
        with Written(folder) as written:
            await self._read()  # what was written before the watch began
            while True:
                await written.wait()
                await self._read()

    async def _read(self) -> None:
        password = await trio.to_thread.run_sync(self._kept_password.read)
        if password != self._password:  # somebody was root on the box
            self._password = password
            self.sessions.end_all()
            self._guesses.forget()
        self.tokens.take((await trio.to_thread.run_sync(self._kept_tokens.read)).tokens)
        folder = self._kept_password.folder
        await self.paired.look()
        self.looked.value += 1
        if folder is not None and await trio.to_thread.run_sync(atomic.remove, folder / WISH):
            self.show_password()

    async def _keep(self, password: Password) -> None:
        await trio.to_thread.run_sync(self._kept_password.write, password)
        self._password = password

    async def _make(self) -> None:
        """Makes and shows passwords, one after the other; the last one disappears after `SHOWN`."""
        while True:
            await self._wanted.wait()
            self._wanted = trio.Event()
            try:
                password = await self.login.renew()
            except (CannotLogIn, OSError) as error:
                log.warning("maintainer_password_not_made", error=str(error))
                self._store.tell(Text("notice.password_failed"))
                continue
            self._store.apply(PasswordMade(Secret(password), trio.current_time() + SHOWN))
            with trio.move_on_after(SHOWN):
                await self._wanted.wait()
            self._store.apply(PasswordShown())
