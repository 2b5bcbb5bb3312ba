"""Many programs, one session: who is connected, and what each of them gets. No I/O."""

from collections.abc import Callable
from functools import partial
from typing import Final

import structlog

from appliance.runtime.rarely import Rarely
from appliance.share import grants
from appliance.share.changes.known import Known
from appliance.share.deeds import Deed, Deeds
from appliance.share.events import LINK_LOST, LINK_RESTORED, frame_of, own_event
from appliance.share.grants import Grant, Role
from appliance.share.own import MOST_WRONG, NOT_AUTHORISED, Own, not_welcome
from appliance.share.ports import with_port
from appliance.share.program import Program
from appliance.share.requests import NoRequest, Request, accepted, passed_on, read, refused
from appliance.share.tokens import Tokens
from appliance.share.upstream import NO_LINK, Upstream
from appliance.terminal.messages import AnyEvent, ProtocolError, ReplyFrame, Snapshot, Untyped, reply_as
from appliance.terminal.messages.account import AuthorizationNeeded
from appliance.terminal.messages.security import GetHttpToken, HttpTokenReply

log = structlog.get_logger()

UPLOAD: Final = "POST /files/"
HTTP_LIFETIME: Final = 300.0  # seconds that a token for pictures and files is good, as at a terminal


class Sharing:
    """The programs that use the appliance's session."""

    def __init__(
        self, upstream: Upstream, now: Callable[[], float], *, did: Callable[[Deed], None] = lambda _deed: None
    ) -> None:
        """`now`: monotonic seconds. `did` hears of every command that is no mere question, once it is accepted."""
        self.up = False
        self.deeds = Deeds(did)
        self.passes = Tokens(now, HTTP_LIFETIME)  # of programs on the network, for pictures and files
        self._own = Own(now)
        self._known = Known()
        self._programs: set[Program] = set()
        self._upstream = upstream
        self._now = now
        self._log = Rarely(every=10.0, burst=5)  # a module may connect for each of its commands

    @property
    def programs(self) -> frozenset[Program]:
        """Those that are connected."""
        return frozenset(self._programs)

    def join(self, program: Program) -> None:
        """Takes a program in; it has to authorise before anything else."""
        self._programs.add(program)
        program.since = self._now()
        if not self.up and not program.stays:  # the link was lost during the handshake
            program.end(NO_LINK)

    def leave(self, program: Program, why: str) -> None:
        """Lets a program go. What it has sent is done all the same, as a terminal does it."""
        self._say("program_gone", program, reason=why)
        self._programs.discard(program)
        program.drop("it is gone")

    def hear(self, event: AnyEvent, frame: str) -> None:
        """Passes an event on to everybody who is authorised."""
        self._known.take(event)
        if self._programs:
            self._tell(frame.encode())
        if isinstance(event, AuthorizationNeeded):
            for program in self._programs:
                program.grant = None

    def link_up(self, snapshot: Snapshot) -> None:
        """The link is up: programs may come, and those that stayed are told what has changed meanwhile."""
        changes = self._known.read(snapshot)
        self.up = True
        if self._programs:
            for change in changes:
                self._tell(frame_of(change))
            self._tell(own_event(LINK_RESTORED))

    def link_down(self) -> None:
        """The link is lost: programs are disconnected, but for those that stay. Commands are not kept for later."""
        if not self.up:
            return
        self.up = False
        self._upstream.link_lost()
        self.passes.clear()
        for program in self._programs:
            if not program.stays:
                program.end(NO_LINK)
        self._tell(own_event(LINK_LOST))

    async def take(self, program: Program, frame: str | bytes) -> None:
        """Does what a program sends; returns when its next frame may come. Replies are put to it."""
        try:
            request = read(frame)
        except NoRequest as error:
            program.put(refused(None, str(error)))
            return
        program.commands += 1
        if request.method.lower() == "auth":
            await self._authorise(program, request)
        elif (answer := self._own.answer(program, request)) is not None:
            program.put(answer)
        elif why := self._why_not(program, request):
            program.put(refused(request, why))
        elif program.port is not None and request.method.lower() == GetHttpToken.method.lower():
            program.put(accepted(request, token=self._pass(program.grant)))
        else:
            deed = self._attributed(program, request)
            await self._upstream.send(
                request.command, partial(self._pass_on, program, request, deed), partial(_fail, program, request)
            )

    async def _authorise(self, program: Program, request: Request) -> None:
        if (grant := self._own.let_in(program, request)) is None:
            program.put(not_welcome(request))
            if program.wrong >= MOST_WRONG:
                program.end("wrong credentials, again and again")
            return
        self._say("program_let_in", program, role=grant.role.value)
        program.put(self._own.welcome(program, request, grant, await self._http_token(program, grant)))

    def _pass(self, grant: Grant | None) -> str:
        """Returns a token of ours for pictures and files; who may only read has none, as it could upload with it."""
        return "" if grant is None or grant.role is Role.READ else self.passes.give(grant)

    async def _http_token(self, program: Program, grant: Grant) -> str:
        """Returns a token for pictures and files, as a terminal gives one with each authorisation."""
        if grant.role is Role.READ or not self.up:
            return ""
        if program.port is not None:
            return self._pass(grant)
        reply = await self._upstream.ask(Untyped(GetHttpToken.method))
        try:
            return "" if reply is None else reply_as(HttpTokenReply, reply).token
        except ProtocolError:
            return ""

    def _why_not(self, program: Program, request: Request) -> str:
        if program.grant is None:
            return NOT_AUTHORISED
        return grants.refusal(program.grant, request.method) or ("" if self.up else NO_LINK)

    def _attributed(self, program: Program, request: Request) -> Deed | None:
        """Notes who does it; questions change nothing, and nobody wants to read of them."""
        if request.method.lower().startswith("get"):
            return None
        deed = Deed(str(program), request.method[:60], self._now(), request.flag("mute"))
        self.deeds.sent(deed)
        return deed

    def _pass_on(self, program: Program, request: Request, deed: Deed | None, reply: ReplyFrame) -> None:
        program.put(with_port(passed_on(reply, request.id), program.port))
        if deed is not None and reply.result:
            self.deeds.accepted(deed)

    def uploads(self, who: str) -> None:
        """Notes that a program uploads a file to the terminal."""
        self.deeds.sent(Deed(who, UPLOAD, self._now()))

    def _say(self, event: str, program: Program, **about: str) -> None:
        """Logs that a program comes or goes; whoever does so again and again has a line now and then."""
        if (more := self._log.kept_back((event, str(program)), self._now())) is not None:
            log.info(event, program=str(program), where=program.where, **about, more=more)

    def _tell(self, frame: bytes) -> None:
        told = [program for program in self._programs if program.grant is not None]
        # once for each port: a long address book is not searched fifty times
        worded = {port: with_port(frame, port) for port in {program.port for program in told}}
        for program in told:
            program.put(worded[program.port])


def _fail(program: Program, request: Request, why: str) -> None:
    program.put(refused(request, why))
