"""The machine as whoever maintains it wishes it: what the process can do itself, and what it asks of the deputy."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import structlog
import trio

from appliance.deputy import requests
from appliance.deputy.client import SILENT, Deputy, NoDeputy, Silent
from appliance.language.text import NOTHING, Text, Worded
from appliance.maintain.audit import Notes
from appliance.maintain.machine import Became, CannotBe, Copy, Standing, Wants, Who
from appliance.maintain.wishes import Backup, Deed, Reboot, Renewal, Reset, Restart, Restore
from appliance.room.state import RoomState
from appliance.services.store import RoomStore
from appliance.services.update import UpdateService

log = structlog.get_logger()

KEEPING: Final = 180.0
"""Seconds for a backup or a restore: a passphrase is made a key twice, some seconds each on the slowest board, and a
restore judges the whole room."""

_HEAD: Final = 16 << 10  # bytes in which a backup says whose it is

End = Callable[[bool], None]
"""Ends the process, so that it is started anew: at once, or as soon as nobody would miss it."""


class MachineDeeds:
    """Does what is wished, and notes who wished it."""

    def __init__(
        self,
        deputy: Deputy,
        store: RoomStore,
        update: UpdateService,
        notes: Notes,
        *,
        room: Callable[[], str],
        quiet: Callable[[RoomState], bool],
        end: End | None,
    ) -> None:
        """`room`: its name. `end`: None where nothing would start the process again."""
        self.receiving = trio.Lock()
        self._deputy = deputy
        self._store = store
        self._update = update
        self._notes = notes
        self._room = room
        self._quiet = quiet
        self._end = end

    def standing(self) -> Standing:
        """Returns how the machine stands now."""
        update = self._store.state.update
        return Standing(
            update,
            restart=NOTHING if self._end else Text("machine.no_restart"),
            renewal=NOTHING if update.installed else Text("machine.no_renewal"),
            deputy=NOTHING if self._deputy.is_there else Text("deputy.none"),
        )

    async def do(self, wish: Deed, who: Who) -> Became:
        """Does what somebody wishes, asks, or says why not."""
        match wish:
            case Restart():
                return self._restart(wish, who)
            case Renewal():
                return self._renew(wish, who)
            case Reboot():
                asks = self._asks(Text("machine.reboots"), sure=wish.sure, in_call=wish.in_call)
                return asks or await self._asked(requests.Reboot(), who, "reboot")
            case Reset():
                return await self._reset(wish, who)

    async def restore(self, wish: Restore, content: bytes, who: Who) -> Became:
        """Makes the box what a backup says, asks, or says why not."""
        try:
            would = _would_restore(content)
        except Worded as error:
            return Became("refused", error.text)
        if asks := self._asks(would, sure=wish.sure, in_call=wish.in_call):
            return asks
        return await self._asked(requests.Restore(wish.passphrase, len(content)), who, "restore", content)

    @asynccontextmanager
    async def backup(self, wish: Backup, who: Who) -> AsyncIterator[Copy]:
        """Opens a new backup. Raises `CannotBe`, also while it is read."""
        try:
            async with self._deputy.asking(requests.Backup(wish.passphrase), within=KEEPING) as (answer, pieces):
                if not isinstance(answer, requests.Made):
                    raise CannotBe(_refusal(answer))
                self._note(who, "backup")
                yield Copy(answer.size, pieces)
        except NoDeputy as error:
            raise CannotBe(error.text) from None

    def _restart(self, wish: Restart, who: Who) -> Became:
        if self._end is None:
            return Became("refused", Text("machine.no_restart"))
        busy = not self._quiet(self._store.state)
        if wish.now and busy and not wish.in_call:
            return Became("asks", Text("machine.restart_in_call"), "in_call")
        self._note(who, "restart", "now" if wish.now else "")
        self._end(wish.now)
        return Became("done", Text("machine.restarts_later" if busy and not wish.now else "machine.restarts"))

    def _renew(self, wish: Renewal, who: Who) -> Became:
        if refused := self.standing().renewal:
            return Became("refused", refused)
        self._note(who, "update", wish.wish)
        self._update.want(wish.wish)
        return Became("done", Text("machine.installs" if wish.wish == "install" else "machine.checks"))

    async def _reset(self, wish: Reset, who: Who) -> Became:
        if wish.room.strip() != self._room().strip():
            return Became("refused", Text("machine.other_room"))
        asks = self._asks(NOTHING, sure=True, in_call=wish.in_call)
        return asks or await self._asked(requests.Reset(), who, "reset")

    def _asks(self, does: Text, *, sure: bool, in_call: bool) -> Became | None:
        """Returns what has to be said first; None where all was said."""
        busy = not self._quiet(self._store.state)
        wants: Wants = "sure" if not sure else "in_call" if busy and not in_call else ""
        return Became("asks", does if wants == "sure" else Text("machine.in_call"), wants) if wants else None

    async def _asked(self, request: requests.Request, who: Who, what: str, sent: bytes = b"") -> Became:
        answer: requests.Answer | None = None
        try:
            answer = await self._deputy.ask(request, sent, within=KEEPING)
        except Silent:
            pass  # as an answer of another version
        except NoDeputy as error:
            return Became("refused", error.text)
        match answer:
            case requests.Done():
                self._note(who, what)
                return Became("done", Text("machine.done"))
            case requests.Refused(why):
                return Became("refused", why)
        self._note(who, what, "unknown")
        return Became("unknown", Text("machine.unknown"))

    def _note(self, who: Who, what: str, about: str = "") -> None:
        log.info("machine_deed", deed=what, about=about, who=who.name)
        self._notes.note(who.name, what, by=who.by, about=about, soon=True)


def _refusal(answer: requests.Answer) -> Text:
    """Returns why not; what is no answer to what was asked comes from another version."""
    return answer.text if isinstance(answer, requests.Refused) else SILENT


def _would_restore(content: bytes) -> Text:
    """Returns what a restore does, by what everybody can read of the backup. Raises `Worded`: it is none."""
    from appliance.card.backup.sealed import header_of  # noqa: PLC0415  # a box restores once in its life

    facts = header_of(content[:_HEAD]).facts
    return Text("machine.would_restore", room=facts.room, box=facts.box, made=facts.made, version=facts.version)
