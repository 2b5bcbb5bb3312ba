"""One WebSocket session: sends commands, matches replies to them, and passes events to one listener in order."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Never

import msgspec
import structlog
import trio
from trio_websocket import ConnectionClosed

from appliance.terminal.background import background
from appliance.terminal.connection import Hearing, open_connection
from appliance.terminal.direct import DirectConnection
from appliance.terminal.errors import Evicted, LinkLost, Timeout
from appliance.terminal.loss import Cause
from appliance.terminal.messages import (
    AnyEvent,
    Command,
    ProtocolError,
    Reply,
    ReplyFrame,
    Untyped,
    decode,
    encode,
)
from appliance.terminal.messages.account import AuthorizationNeeded
from appliance.terminal.messages.leniency import Note, Odd
from appliance.terminal.messages.long_frames import LONG, read_in_steps
from appliance.terminal.pending_reply import PendingReply
from appliance.terminal.replies import Oddity, Replies

log = structlog.get_logger()

CONNECT_TIMEOUT = 5.0  # seconds
COMMAND_TIMEOUT = 5.0  # seconds
MOST_HELD = 10_000  # events that may come before `release`

Listener = Callable[[AnyEvent, str], None]  # the event, and the frame as it came
Tap = Callable[[str, str | bytes], None]  # "sent" or "heard", and the frame
Taken = Callable[[ReplyFrame], None]


class Counters(msgspec.Struct):
    """How much was received, and how much of it was odd."""

    replies: int = 0
    events: int = 0
    garbage: int = 0  # frames that are not messages
    odd_replies: int = 0  # late, second, or to no request
    odd_values: int = 0  # values, or entries of a list, that could not be read and were left out
    too_many: dict[str, int] = {}  # entries left out of the last such list, by where it is: more than anybody needs


class Session:
    """A connection to a terminal; made by `open_session`. Not authorised by itself.

    Events are held back until `release`, so that the snapshot can be reported first; too many end the session.
    """

    def __init__(
        self,
        websocket: DirectConnection,
        listener: Listener,
        timeout: float,
        *,
        counters: Counters,
        hearing: Hearing,
        tap: Tap | None = None,
    ) -> None:
        self.counters = counters
        self._hearing = hearing
        self._tap = tap
        self.lost: LinkLost | None = None
        self._websocket = websocket
        self._listener = listener
        self._held: list[tuple[AnyEvent, str]] | None = []
        self._timeout = timeout
        self._replies = Replies(hearing)
        self._ended = trio.Event()
        self._logged: set[str] = set()

    def timed(self, took: Callable[[float], None]) -> None:
        """Lets `took` hear how long each reply takes from now on (seconds); it must return quickly."""
        self._replies.took = took

    @property
    def last_heard(self) -> float:
        """When something arrived last, be it a part of a message (monotonic seconds)."""
        return self._hearing.any

    @property
    def writable(self) -> bool:
        """Whether a command can go to the socket at once; where the session has ended, posting tells so at once."""
        return self.lost is not None or self._websocket.writable

    async def until_writable(self) -> None:
        """Waits until a command can go to the socket at once, or the session has ended.

        It has no time limit of its own: the socket's buffer holds all commands that may wait for replies, and
        `liveness` detects a terminal that reads nothing, or the kernel does where such a terminal goes on talking.
        Cancelled, it ends the session where a frame has been sent in part and nobody else waits here who would send
        the rest: nothing can follow such a frame, and a command is not to arrive much later.
        """
        while not self.writable:
            try:
                await self._websocket.until_writable()
            except trio.Cancelled:
                if self._websocket.is_cut_off:
                    self.end(LinkLost("a command was cut off", Cause.ENDED))
                raise
            except Exception:  # trio-websocket raises more than ConnectionClosed around a close
                self.end(LinkLost("the connection broke", Cause.BROKE))

    def post_now(
        self,
        command: Command | Untyped,
        *,
        timeout: float | None = None,
        urgent: bool = False,
        taken: Taken | None = None,
    ) -> PendingReply:
        """Sends a command in this call; only where the session is `writable`.

        `taken` is called with the reply as it arrives, refused or not, and before what comes after it. Raises
        `LinkLost`, or `Busy` when 64 requests already wait; for what is `urgent` a few places more are kept.
        """
        if self.lost is not None:
            raise self.lost.again()
        seconds = self._timeout if timeout is None else timeout
        now = trio.current_time()
        awaited = self._replies.expect(command.method, now=now, timeout=seconds, urgent=urgent)
        awaited.taken = taken
        text = encode(command, awaited.id).decode()
        if self._tap is not None:
            self._tap("sent", text)
        try:
            self._websocket.send_now(text)
        except Exception as error:  # trio-websocket raises more than ConnectionClosed around a close
            self._replies.forget(awaited)
            self.end(LinkLost("the connection broke", Cause.BROKE))
            raise LinkLost("the connection broke", Cause.BROKE) from error
        return PendingReply(command, awaited, self._replies, self._overdue, self._note)

    async def post(self, command: Command | Untyped, *, timeout: float | None = None) -> PendingReply:  # noqa: ASYNC109  # how long the reply may take
        """Sends a command as soon as the socket takes it; raises as `post_now` does."""
        await self.until_writable()
        pending = self.post_now(command, timeout=timeout)
        await self.until_writable()  # the socket may have taken a part of it only
        return pending

    async def request(self, command: Command | Untyped, *, timeout: float | None = None) -> Reply:  # noqa: ASYNC109  # see post
        """Sends a command and returns its reply (of type `command.reply`); see `post` and `PendingReply.wait`."""
        return await (await self.post(command, timeout=timeout)).wait()

    def _overdue(self, missing: Timeout, sent: float) -> None:
        """Ends the session if nothing else arrived either: the terminal is gone, and no idle check is needed."""
        if self.last_heard < sent:
            self.end(LinkLost(f"the terminal is silent ({missing})", Cause.SILENT))

    def release(self) -> None:
        """Delivers the events that were held back; from now on each is delivered as it arrives."""
        held, self._held = self._held or [], None
        for event, frame in held:
            self._listener(event, frame)

    def end(self, why: LinkLost) -> None:
        """Ends the session: waits for replies raise `why`, and so does `stay`, whose caller closes the session."""
        if self.lost is None:
            self.lost = why
            self._replies.lose(why)
            self._ended.set()

    async def stay(self) -> Never:
        """Waits until the session ends, and raises why."""
        await self._ended.wait()
        raise self.lost or LinkLost("the session ended", Cause.ENDED)

    async def receive(self) -> None:
        """Receives frames until the connection ends; run by `open_session`."""
        try:
            await self._websocket.hand_over(self._take)
        except ConnectionClosed as closed:
            self.end(_why(closed))

    async def _take(self, frame: str | bytes) -> None:
        try:
            await self._take_message(frame)
        finally:
            now = trio.current_time()
            self._replies.held_up(self._hearing.ended(now), now)

    async def _take_message(self, frame: str | bytes) -> None:
        if self._tap is not None:
            self._tap("heard", frame)
        try:
            message = await _read(frame, self._note)
        except ProtocolError as error:
            self.counters.garbage += 1
            self._log_once("garbage_frame", str(error))
            return
        if isinstance(message, ReplyFrame):
            self._take_reply(message)
        elif self.lost is None:
            self._take_event(message, str(frame))

    def _take_event(self, event: AnyEvent, frame: str) -> None:
        self.counters.events += 1
        if self._held is None:
            self._listener(event, frame)
        elif len(self._held) < MOST_HELD:
            self._held.append((event, frame))
        else:
            log.error("too_many_events", held=MOST_HELD)
            why = f"more than {MOST_HELD} events came while the terminal was read"
            self.end(LinkLost(why, Cause.TOO_MANY))
        if isinstance(event, AuthorizationNeeded):
            self.end(Evicted(event.cause))

    def _take_reply(self, reply: ReplyFrame) -> None:
        self.counters.replies += 1
        oddity = self._replies.arrive(reply, trio.current_time())
        if oddity is not None:
            self.counters.odd_replies += 1
            self._log_odd(oddity, reply.method)

    def _note(self, odd: Odd) -> None:
        """Counts a value that could not be read; the log has each kind of them once."""
        if odd.left_out:
            self.counters.too_many[odd.where] = odd.left_out
        else:
            self.counters.odd_values += 1
        if odd.where not in self._logged:
            self._logged.add(odd.where)
            log.warning("odd_value", where=odd.where, reason=odd.reason)

    def _log_odd(self, oddity: Oddity, method: str) -> None:
        if oddity not in self._logged:
            self._logged.add(oddity)
            log.warning(oddity.value, method=method[:60])

    def _log_once(self, event: str, reason: str) -> None:
        kind = event + re.sub(r"\d+", "", reason.split(": ", maxsplit=1)[0])
        if kind not in self._logged:
            self._logged.add(kind)
            log.warning(event, reason=reason)


@asynccontextmanager
async def open_session(
    host: str,
    port: int,
    listener: Listener,
    *,
    connect_timeout: float = CONNECT_TIMEOUT,
    command_timeout: float = COMMAND_TIMEOUT,
    counters: Counters | None = None,
    tap: Tap | None = None,
) -> AsyncIterator[Session]:
    """Opens a session with the terminal at `ws://host:port/`, closed within half a second at the end.

    `listener` is called in the event loop and must return quickly; `counters` count over several sessions; `tap` hears
    every frame in either direction.
    Raises `LinkLost` when the terminal cannot be reached; a `LinkLost` that leaves the body says why the session ended.
    """
    hearing = Hearing(trio.current_time(), trio.current_time())
    async with open_connection(host, port, within=connect_timeout, hearing=hearing) as websocket:
        session = Session(
            websocket, listener, command_timeout, counters=counters or Counters(), hearing=hearing, tap=tap
        )
        async with background() as nursery:
            nursery.start_soon(session.receive)
            try:
                yield session
            except LinkLost as error:
                raise session.lost or error from None
            finally:
                if session.lost is not None:
                    await trio.aclose_forcefully(websocket)  # the terminal is gone, or nothing more is to be sent
                session.end(LinkLost("the session was closed", Cause.ENDED))


async def _read(frame: str | bytes, note: Note) -> ReplyFrame | AnyEvent:
    """Reads a frame; a long one in steps, between which everything else goes on. The next frame waits: order counts."""
    if isinstance(frame, bytes):
        raise ProtocolError(f"binary frame of {len(frame)} bytes: expected text")
    if len(frame) <= LONG:
        return decode(frame, note)
    steps = read_in_steps(frame, note)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            message: ReplyFrame | AnyEvent = end.value
            return message
        await trio.lowlevel.checkpoint()


def _why(closed: ConnectionClosed) -> LinkLost:
    reason = closed.reason
    if reason is None or reason.code == 1006:
        return LinkLost("the connection broke", Cause.BROKE)
    if reason.code == 1009:
        return LinkLost("the terminal sent a frame that is too long", Cause.TOO_LONG)
    return LinkLost("the terminal closed the connection", Cause.CLOSED)
