"""Joins the firmware to the services of root on this machine, above all that which installs new versions.

How it works. In the service's own runtime folder, which root alone can open beside it, there is a socket. Whoever
connects is sent a line of JSON at once and at each change: how the room is, and whether somebody is in a call. The
end of the connection is the end of this process. So nobody has to ask again and again, and a box without pages has a
health, too. A line that comes in, whatever it says, means: look at the file of the update service. What it says there
is what the room shows. The other way, the firmware asks for something by a file in its own state folder, which a unit
of systemd watches; the firmware has no rights of its own to change the machine.
"""

import contextlib
import os
import socket
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec
import structlog
import trio

from appliance.room.local_events.box import UpdateIs
from appliance.room.state import RoomState
from appliance.room.update import Update
from appliance.runtime import atomic
from appliance.runtime.files import read_file
from appliance.services.store import RoomStore

log = structlog.get_logger()

Wish: TypeAlias = Literal["check", "install"]
"""What may be asked, see `card.update.asked`."""

SOCKET: Final = "health.sock"
ASKED: Final = "update.asked"
TOLD: Final = Path("/var/lib/offhook-update/state.json")
LARGEST: Final = 64 * 1024  # bytes of the file
MOST: Final = 8  # connections: the update service, and a few people who look
LINE: Final = 256  # bytes that are read at once; what they say does not matter
SEND: Final = 10.0  # seconds that a reader may take for a line


class _File(msgspec.Struct):
    """What of the update service's file is for the room."""

    told: Update = Update()


class UpdateService:
    """Tells root's services how the room is, and the room what these say of updates."""

    def __init__(
        self,
        store: RoomStore,
        quiet: Callable[[RoomState], bool],
        *,
        runtime: Path | None,
        state: Path | None,
        told: Path = TOLD,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`runtime`, `state`: the folders that systemd gives the service; None without it. `told`: their file.

        `changed` is called when that says something else.
        """
        self._store = store
        self._quiet = quiet
        self._runtime = runtime
        self._asked = state / ASKED if state else None
        self._told = told
        self._changed = changed
        self._wish: Wish = "install"
        self._wanted = trio.Event()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Serves the socket until cancelled. Raises `OSError` where it cannot be made."""
        await self._look()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._ask)
            if self._runtime is None:
                task_status.started()
                await trio.sleep_forever()
            await self._listen(self._runtime / SOCKET, task_status)

    def want(self, wish: Wish = "install") -> None:
        """Has the update service install what it offers, or only look."""
        self._wish = wish
        self._wanted.set()

    async def _listen(self, where: Path, task_status: trio.TaskStatus[None]) -> None:
        listener = _listening(where)
        places = trio.CapacityLimiter(MOST)
        try:
            async with listener:
                task_status.started()
                await trio.serve_listeners(partial(self._serve, places), [listener])
        finally:
            with contextlib.suppress(OSError):
                where.unlink()  # noqa: ASYNC240  # one call, and nothing may be waited for here

    async def _ask(self) -> None:
        """Writes the file each time that somebody wants it; a box that keeps no files is told in the log."""
        while True:
            await self._wanted.wait()
            self._wanted = trio.Event()
            content = msgspec.json.encode({"wish": self._wish, "id": os.urandom(8).hex()})
            try:
                if self._asked is None:
                    raise FileNotFoundError("this process has no folder for it")  # as any other failure
                await trio.to_thread.run_sync(atomic.write, self._asked, content, 0o600)
            except OSError as error:
                log.warning("update_not_asked", reason=str(error))

    async def _serve(self, places: trio.CapacityLimiter, stream: trio.SocketStream) -> None:
        if places.available_tokens < 1:
            await trio.aclose_forcefully(stream)
            return
        async with places, stream, trio.open_nursery() as nursery:
            nursery.start_soon(self._tell, stream, nursery.cancel_scope)
            await self._hear(stream)
            nursery.cancel_scope.cancel()

    async def _hear(self, stream: trio.SocketStream) -> None:
        try:
            while await stream.receive_some(LINE):
                await self._look()
        except trio.BrokenResourceError:
            return

    async def _tell(self, stream: trio.SocketStream, over: trio.CancelScope) -> None:
        sent = b""
        while True:
            state = self._store.state
            line = msgspec.json.encode(health(state, quiet=self._quiet(state))) + b"\n"
            if line != sent:
                try:
                    with trio.fail_after(SEND):
                        await stream.send_all(line)
                except (trio.TooSlowError, trio.BrokenResourceError):
                    over.cancel()
                    return
                sent = line
            await self._store.followed.newer_than(state)

    async def _look(self) -> None:
        told = await trio.to_thread.run_sync(read_told, self._told)
        if told != self._store.state.update:
            self._store.apply(UpdateIs(told))
            self._changed()


def runtime_directory(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Returns the service's runtime folder; None where systemd has not made one."""
    folder = environment.get("RUNTIME_DIRECTORY", "").split(":")[0]
    return Path(folder) if folder else None


def health(state: RoomState, *, quiet: bool) -> dict[str, Any]:
    """Returns what root's services are told: the link, services whose hardware is missing, and a call."""
    return {"link": state.link.phase, "offline": sorted(state.offline), "busy": not quiet}


def read_told(path: Path) -> Update:
    """Returns what the update service says; nothing where it says nothing that can be read."""
    try:
        return msgspec.json.decode(read_file(path, LARGEST, follow=False), type=_File).told
    except FileNotFoundError:
        return Update()
    except (OSError, msgspec.MsgspecError, RecursionError) as error:
        log.warning("update_not_read", path=str(path), reason=str(error))
        return Update()


def _listening(where: Path) -> trio.SocketListener:
    """The folder is the service's own, and made anew at each start: what is there is of a former run of it."""
    where.unlink(missing_ok=True)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.bind(str(where))
        where.chmod(0o600)  # nobody can connect before it listens
        made.listen(MOST)
        made.setblocking(False)
        return trio.SocketListener(trio.socket.from_stdlib_socket(made))
    except OSError:
        made.close()
        raise
