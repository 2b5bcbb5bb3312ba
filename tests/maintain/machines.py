"""A machine that does nothing and remembers what was wished of it, and one whose deputy is at a socket of choice."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import trio

from appliance.deputy.client import Deputy
from appliance.language.text import Text
from appliance.maintain.machine import Became, CannotBe, Copy, Standing, Who
from appliance.maintain.wishes import Backup, Deed, Restore
from appliance.room.in_use import is_quiet
from appliance.run.parts import Parts
from appliance.services.box.machine import MachineDeeds

PIECES = (b"offhook backup 1\n", b"\0" * 100_000, b"end")


class Machine:
    """`became`: what it answers. `refuses`: why there is no backup. `ends_early`: a backup does."""

    def __init__(self) -> None:
        self.receiving = trio.Lock()
        self.now = Standing()
        self.became = Became("done", Text("machine.done"))
        self.refuses: Text | None = None
        self.ends_early = False
        self.wished = list[tuple[Deed | Restore | Backup, str]]()
        self.content = b""

    def standing(self) -> Standing:
        return self.now

    def stands(self, **fields: Text) -> None:
        self.now = msgspec.structs.replace(self.now, **fields)

    async def do(self, wish: Deed, who: Who) -> Became:
        await trio.lowlevel.checkpoint()
        self.wished.append((wish, who.name))
        return self.became

    async def restore(self, wish: Restore, content: bytes, who: Who) -> Became:
        await trio.lowlevel.checkpoint()
        self.wished.append((wish, who.name))
        self.content = content
        return self.became

    @asynccontextmanager
    async def backup(self, wish: Backup, who: Who) -> AsyncIterator[Copy]:
        if self.refuses is not None:
            raise CannotBe(self.refuses)
        self.wished.append((wish, who.name))
        yield Copy(sum(map(len, PIECES)), self._pieces())

    async def _pieces(self) -> AsyncIterator[bytes]:
        for piece in PIECES[:-1] if self.ends_early else PIECES:
            await trio.lowlevel.checkpoint()
            yield piece
        if self.ends_early:
            raise CannotBe(Text("deputy.silent"))


def machine_of(parts: Parts, path: Path, end: Callable[[bool], None] | None = None) -> MachineDeeds:
    """The room's machine with the deputy at a socket; `end`: what would end its process."""
    deputy, store, update, notes = Deputy(path), parts.store, parts.update, parts.audit
    return MachineDeeds(deputy, store, update, notes, room=lambda: parts.config.room.name, quiet=is_quiet, end=end)
