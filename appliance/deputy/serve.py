"""The deputy within this process, for a root folder of choice: for the demo, and wherever no systemd runs.

The same requests meet the same code and real files. What only a machine can do is not done: it is not restarted, and
what is restored or reset would need that.
"""

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

import structlog
import trio

from appliance.deputy.answering import answered, understood
from appliance.deputy.machine import Moment
from appliance.deputy.outcome import Outcome
from appliance.deputy.place import NotNow, Place
from appliance.deputy.program import PATIENCE, TAKEN
from appliance.deputy.requests import LONGEST, Reboot, Refused, Request, Reset, Restore, line_of
from appliance.deputy.settling import settle
from appliance.language.text import Text

log = structlog.get_logger()

MOST = 2  # connections at once, as the socket unit has it
_NOT_HERE = (Reboot, Reset, Restore)


class Here:
    """A machine that is this process; its methods are called in worker threads of trio."""

    def __init__(self, reload: Callable[[], None]) -> None:
        """`reload` is called in trio's thread when the file has changed."""
        self._reload = reload
        self._boot = secrets.token_hex(8)
        self._waiting = trio.CancelScope()
        self.place: Place | None = None

    def now(self) -> Moment:
        """Counts as trio does, so that tests need not wait."""
        return Moment(self._boot, trio.from_thread.run_sync(trio.current_time))

    def settle(self) -> None:
        """Does it here."""
        if self.place is not None:
            settle(self.place)

    def arm(self, seconds: float) -> None:
        """Has `alarms` do it, and nothing for any time before."""
        trio.from_thread.run_sync(self._arm, seconds)

    def _arm(self, seconds: float) -> None:
        self._waiting.deadline = trio.current_time() + seconds

    def disarm(self) -> None:
        """An alarm that finds nothing to do does nothing."""

    def reload(self) -> None:
        """Tells whoever runs the room."""
        trio.from_thread.run_sync(self._reload)

    def begin_anew(self) -> None:
        """Raises `NotNow`: there is nothing to start anew."""
        raise NotNow(Text("deputy.not_here"))

    def reboot(self) -> None:
        """Raises `NotNow`, as above."""
        raise NotNow(Text("deputy.not_here"))

    def journal(self) -> bytes:
        """There is none."""
        return b""

    async def alarms(self) -> None:
        """Settles when the alarm goes off, which each time begins anew, as the timer unit does."""
        while True:
            with self._waiting:
                await trio.sleep_forever()
            self._waiting = trio.CancelScope()
            await trio.to_thread.run_sync(self.settle)


async def serve(
    path: Path,
    root: Path,
    reload: Callable[[], None],
    task_status: trio.TaskStatus[Place] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serves at the socket `path` for the machine below `root`, until it is cancelled.

    `reload` has the firmware take its file. Says its place once it can be asked. Raises `OSError`.
    """
    machine = Here(reload)
    place = machine.place = Place(machine, root, root / "boot/firmware")
    limit = trio.CapacityLimiter(MOST)
    listener = await _listener(path)
    async with trio.open_nursery() as nursery:
        await trio.to_thread.run_sync(machine.settle)  # of a process before this one
        nursery.start_soon(machine.alarms)
        task_status.started(place)
        await trio.serve_listeners(partial(_connection, place, limit), [listener])


async def _listener(path: Path) -> trio.SocketListener:
    await trio.Path(path).unlink(missing_ok=True)
    listening = trio.socket.socket(trio.socket.AF_UNIX)
    await listening.bind(str(path))
    await trio.Path(path).chmod(0o600)
    listening.listen(MOST)
    return trio.SocketListener(listening)


async def _connection(place: Place, limit: trio.CapacityLimiter, stream: trio.SocketStream) -> None:
    async with stream, limit:
        try:
            with trio.fail_after(PATIENCE):
                outcome = await _outcome(place, stream)
            with trio.fail_after(TAKEN):
                await stream.send_all(line_of(outcome.answer) + outcome.content)
        except (trio.TooSlowError, trio.BrokenResourceError) as error:
            log.warning("nobody_asks", reason=str(error))


async def _outcome(place: Place, stream: trio.SocketStream) -> Outcome:
    read = bytearray()
    while b"\n" not in read:
        await _more(stream, read)
    line, _, rest = bytes(read).partition(b"\n")
    request: Request | Outcome = understood(line)
    if isinstance(request, Outcome):
        return request
    if isinstance(request, _NOT_HERE):
        return Outcome(Refused(Text("deputy.not_here")))
    return await trio.to_thread.run_sync(answered, place, request, rest)


async def _more(stream: trio.SocketStream, read: bytearray) -> None:
    piece = await stream.receive_some()
    if not piece or len(read) > LONGEST:
        raise trio.BrokenResourceError("it ended in the middle of a request")
    read += piece
