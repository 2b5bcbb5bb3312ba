"""Keeps a session with a terminal alive for ever: discovery, authorisation, the snapshot, back-off, takeovers.

After every (re)connect the link reads everything and sends nothing; no command outlives the session it was posted to.
"""

import math
import random
from collections.abc import Callable
from typing import Never

import structlog
import trio

from appliance.runtime.backoff import Backoff
from appliance.terminal import liveness
from appliance.terminal.authorise import ACCOUNTS, open_authorised
from appliance.terminal.background import background
from appliance.terminal.config import TerminalConfig, read_credentials
from appliance.terminal.errors import Evicted, LinkLost, TerminalError, Unauthorised, loss_of
from appliance.terminal.loss import Cause, Loss
from appliance.terminal.messages import AnyEvent, Command, Reply, Untyped
from appliance.terminal.messages.account import AuthorizationNeeded, AuthReply
from appliance.terminal.messages.enums import AuthResult, EvictionCause, Privileges
from appliance.terminal.pending_reply import PendingReply
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Refusal, Report
from appliance.terminal.session import Counters, Listener, Session, Taken
from appliance.terminal.snapshot import read_snapshot
from appliance.terminal.takeover import Takeovers

log = structlog.get_logger()

WELL_AFTER = 10.0  # seconds of being up after which the next loss counts as the first
SLOW_RETRY = 30.0  # seconds between attempts where only a person can remove the cause

Told = LinkDown | LinkRefused | LinkEvicted | LinkUp


class Link:
    """The connection to one terminal, renewed for ever.

    `session` is the current authorised session, None while there is none; `authorised` is how the terminal answered the
    last authorisation; `counters` count over all sessions. `emit` hears every `Report` in order, `hear` the events with
    their frames, `took` the seconds that each reply took; all are called in the event loop, must return quickly and
    must not raise. Raises `ValueError` when the file that the configuration names for the credentials cannot be read.
    """

    def __init__(
        self,
        config: TerminalConfig,
        emit: Callable[[Report], None],
        *,
        hear: Listener | None = None,
        took: Callable[[float], None] | None = None,
        rng: random.Random | None = None,
    ) -> None:
        self.session: Session | None = None
        self.authorised: AuthReply | None = None
        self.counters = Counters()
        self._config = config
        self._credentials = read_credentials(config)
        self._emit = emit
        self._listener = hear
        self._took = took
        self._rng = rng or random.Random()  # noqa: S311  # jitter, no secret
        self._backoff = Backoff()
        self._takeovers = Takeovers(config.on_takeover, config.reclaim_after)
        self._reclaiming = False
        self._in_front = 0  # how many wait for the socket, and behind nobody
        self._token = ""  # a secret
        self._pressed = trio.Event()
        self._told: Report | None = None
        self._up_since = math.inf  # monotonic seconds
        self._started: Callable[[], None] = _told_already

    async def post(self, command: Command | Untyped) -> PendingReply:
        """Sends a command now, or raises `LinkLost`: nothing is kept for later. Otherwise as `Session.post`."""
        if self.session is None:
            raise LinkLost("no link to the terminal", Cause.ENDED)
        return await self.session.post(command)

    @property
    def writable(self) -> bool:
        """Whether `post_now` may be called; where there is no link, it tells so at once."""
        return self.session is None or self.session.writable

    async def until_writable(self, *, behind: bool = False) -> None:
        """Waits until `post_now` may be called; `behind` everybody else who waits for that."""
        if behind:
            await self._until_nobody_waits()
        elif self.session is not None:
            self._in_front += 1
            try:
                await self.session.until_writable()
            finally:
                self._in_front -= 1

    async def _until_nobody_waits(self) -> None:
        while self.session is not None and (self._in_front or not self.session.writable):
            await self.session.until_writable()
            if self._in_front:
                await trio.lowlevel.checkpoint()  # those in front have been woken as well, and go first

    def post_now(self, command: Command | Untyped, *, urgent: bool = False, taken: Taken | None = None) -> PendingReply:
        """Sends a command in this call, or raises `LinkLost`: nothing is kept for later. See `Session.post_now`."""
        if self.session is None:
            raise LinkLost("no link to the terminal", Cause.ENDED)
        return self.session.post_now(command, urgent=urgent, taken=taken)

    async def request(self, command: Command | Untyped) -> Reply:
        """Sends a command and returns its reply; raises `LinkLost`, `Busy`, `Timeout`, `Refused`, `UnexpectedReply`."""
        return await (await self.post(command)).wait()

    def reclaim(self) -> None:
        """Takes control back for a person: ends the wait before the next attempt; without such a wait, does nothing."""
        self._pressed.set()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> Never:
        """Runs until cancelled; `started` when the link is up for the first time."""
        self._started = task_status.started
        try:
            while True:
                await self._rest(await self._hold())
        except Exception:
            # a bug of ours: nobody may go on believing that the link is up
            self._tell(LinkDown(Loss(Cause.FAILED), "the link failed"))
            raise

    async def _hold(self) -> float:
        """Runs one session from its beginning to its end; returns the seconds to wait before the next."""
        try:
            async with open_authorised(
                self._config, self._credentials, self._hear, token=self._token, counters=self.counters
            ) as (session, reply):
                self._let_in(reply)
                await self._bring_up(session)
                await self._stay(session)
        except TerminalError as error:
            return self._settle(error)

    def _let_in(self, reply: AuthReply) -> None:
        self.authorised = reply
        self._token = reply.token or self._token
        if self._reclaiming:
            self._takeovers.reclaimed(trio.current_time())
            self._reclaiming = False

    async def _bring_up(self, session: Session) -> None:
        snapshot = await read_snapshot(session)
        if self._took is not None:  # not before: a snapshot is many questions at once
            session.timed(self._took)
        self.session = session
        self._up_since = trio.current_time()
        self._tell(LinkUp(snapshot, user_pin=self._user_pin))
        session.release()
        self._started()
        self._started = _told_already

    @property
    def _user_pin(self) -> bool:
        """Whether we are the user and have a PIN, however this session has authorised."""
        by_pin = self._credentials is not None and self._credentials.kind == Refusal.PIN
        return by_pin and self.authorised is not None and self.authorised.privileges is Privileges.USER

    async def _stay(self, session: Session) -> Never:
        try:
            async with background() as nursery:
                nursery.start_soon(liveness.watch, session)
                await session.stay()
        finally:
            self.session = None

    def _hear(self, event: AnyEvent, frame: str) -> None:
        if self._listener is not None:
            self._listener(event, frame)
        if not isinstance(event, AuthorizationNeeded):  # reported as LinkEvicted
            self._emit(event)

    def _settle(self, error: TerminalError) -> float:
        """Reports why there is no link; returns the seconds to wait before the next attempt (inf: until `reclaim`)."""
        now = trio.current_time()
        was_well = now - self._up_since > WELL_AFTER
        self._up_since = math.inf
        if was_well:
            self._backoff.reset()
        if isinstance(error, Evicted):
            return self._evicted(error, now, was_well=was_well)
        if isinstance(error, Unauthorised):
            return self._unauthorised(error)
        self._tell(LinkDown(loss_of(error), str(error)))
        return self._backoff.next(self._rng)

    def _evicted(self, error: Evicted, now: float, *, was_well: bool) -> float:
        if error.cause is EvictionCause.TAKEN_OVER:
            return self._taken_over(error, now)
        if error.cause is EvictionCause.PIN_CHANGED_AFTER_CALL:
            return self._pin_changed(error, was_well=was_well)
        self._token = ""
        if error.cause is EvictionCause.ACCOUNT_NOT_LICENSED:
            self._tell(LinkRefused(Refusal.NOT_LICENSED, self._config.role))
        else:
            self._tell(LinkEvicted(error.cause, waits_for_press=False))
        if error.cause is EvictionCause.TOKEN_EXPIRED:
            return 0.0 if was_well else self._backoff.next(self._rng)
        return SLOW_RETRY

    def _pin_changed(self, error: Evicted, *, was_well: bool) -> float:
        """Tries the token at once, which the terminal's document does not say to end; our PIN is worth nothing now."""
        self._tell(LinkEvicted(error.cause, waits_for_press=False))
        return 0.0 if was_well else self._backoff.next(self._rng)

    def _taken_over(self, error: Evicted, now: float) -> float:
        self._reclaiming = True
        delay = self._takeovers.taken(now)
        self._tell(LinkEvicted(error.cause, waits_for_press=delay is None))
        return math.inf if delay is None else delay

    def _unauthorised(self, error: Unauthorised) -> float:
        self._token = ""
        if error.result_code is AuthResult.INTERNAL_ERROR:
            self._tell(LinkDown(loss_of(error), str(error)))
            return self._backoff.next(self._rng)
        kind = Refusal.UNPROTECTED if self._credentials is None else Refusal(self._credentials.kind)
        self._tell(LinkRefused(kind, self._config.role))
        return SLOW_RETRY

    async def _rest(self, seconds: float) -> None:
        self._pressed = trio.Event()
        with trio.move_on_after(seconds):
            await self._pressed.wait()

    def _tell(self, report: Told) -> None:
        if report == self._told:
            return
        self._told = report
        _log(report)
        self._emit(report)


def _told_already() -> None:
    """Does nothing: `started` is called once."""


def _pin_changes(report: LinkUp) -> bool:
    settings = report.snapshot.settings
    return settings is not None and settings.pin_changes


def _log(report: Told) -> None:
    match report:
        case LinkUp():
            log.info("link_up", app_state=report.snapshot.app_state.app_state.name)
            if report.user_pin and _pin_changes(report):
                log.warning("pin_changes_after_call", expected="a password, or the administrator's PIN")
        case LinkDown(reason=reason):
            log.warning("link_down", reason=reason)
        case LinkRefused(refusal, account):
            log.warning("link_refused", refusal=refusal.value, account=ACCOUNTS[account])
        case LinkEvicted(cause, waits):
            log.warning("link_evicted", cause=cause.name, waits_for_press=waits)
