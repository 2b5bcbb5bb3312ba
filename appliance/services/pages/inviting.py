"""Invites phones: a QR code on the display, and on the panel that asked, until one was paired, or two minutes long."""

import math
from collections.abc import Callable

import trio

from appliance.access.qr import qr_of
from appliance.access.roles import BOX, Caller
from appliance.language.text import Text
from appliance.panel.pair.origin import PAGE
from appliance.panel.pair.pairing import CannotPair, Pairing, new_code
from appliance.room.parts.shown import PairingCode
from appliance.services.store import RoomStore


class Inviting:
    """Shows and hides the codes of `pairing`."""

    def __init__(self, pairing: Pairing, store: RoomStore, origin: Callable[[], str]) -> None:
        """`origin`: at which phones reach the pages, such as `https://room.example.com`; empty where they cannot."""
        self._pairing = pairing
        self._store = store
        self._origin = origin
        self._one = trio.Lock()
        self._wanted = trio.Event()
        self._runs = False

    @property
    def can(self) -> bool:
        """Whether a phone can be invited at all."""
        return bool(self._runs and self._origin())

    def toggle(self) -> None:
        """Invites a phone; where one is invited already, no longer."""
        if self._shown() is not None:
            self._pairing.forget()
        elif self.can:
            self._wanted.set()
        else:
            self._store.tell(Text("notice.no_invitation"))

    async def invite(self, by: Caller = BOX) -> PairingCode:
        """Returns the invitation that is shown; where there is none, a new one of `by`. Raises `CannotPair`."""
        async with self._one:
            if (shown := self._shown()) is not None:
                return shown
            origin = self._origin() if self._runs else ""
            if not origin:
                raise CannotPair(Text("notice.no_invitation"))
            page, code = f"{origin}{PAGE}", new_code()
            matrix = await trio.to_thread.run_sync(qr_of, page, code)
            self._pairing.invite(code, page, matrix, by)
            shown = self._shown()
            assert shown is not None  # noqa: S101  # it was shown just now
            return shown

    def hide(self) -> None:
        """Ends an invitation."""
        if self._shown() is not None:
            self._pairing.forget()

    async def run(self) -> None:
        """Invites when somebody at the box wants it, and ends each code in time, until cancelled."""
        self._runs = True
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._invite_when_wanted)
                nursery.start_soon(self._end_in_time)
        finally:
            self._runs = False
            self._pairing.forget()

    def _shown(self) -> PairingCode | None:
        shown = self._store.state.pairing
        return shown if shown is not None and shown.where and trio.current_time() < shown.until else None

    async def _invite_when_wanted(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted = trio.Event()
            try:
                await self.invite()
            except CannotPair as error:
                self._store.tell(error.text)

    async def _end_in_time(self) -> None:
        state = self._store.state
        while True:
            code = state.pairing
            with trio.move_on_at(math.inf if code is None else code.until):
                await self._store.followed.newer_than(state)
            if code is not None and self._store.state.pairing is code and trio.current_time() >= code.until:
                self._pairing.forget()
            state = self._store.state
