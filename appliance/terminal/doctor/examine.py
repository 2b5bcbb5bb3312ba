"""Asks a terminal, one question at a time, everything that only reads.

Nothing is sent that changes anything, so that a call that goes on is not disturbed; one question at a time, so that a
terminal that is busy with pictures is not asked for everything at once.
"""

from collections import Counter

import msgspec
import trio

from appliance.terminal.authorise import open_authorised, open_found
from appliance.terminal.config import TerminalConfig, read_credentials
from appliance.terminal.doctor.compare import Difference, Finding, compare
from appliance.terminal.doctor.reads import reads
from appliance.terminal.errors import LinkLost, TerminalError, Timeout
from appliance.terminal.messages import AnyEvent, Command, ProtocolError, Reply, UnknownEvent, decode_as
from appliance.terminal.messages.account import GetLogin, LoginReply
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.enums import AppState, Privileges
from appliance.terminal.messages.every import EVENTS
from appliance.terminal.messages.leniency import UNREADABLE
from appliance.terminal.messages.newer import sureness
from appliance.terminal.messages.newer.generation import Generation, told
from appliance.terminal.messages.security import GetProtection, ProtectionInfoReply
from appliance.terminal.session import Session

PATIENCE = 2.0  # seconds for a reply: a terminal in the same building needs milliseconds
IN_A_CALL = frozenset({AppState.WAITING, AppState.IN_CONFERENCE, AppState.CLOSING})


class Asked(msgspec.Struct, frozen=True):
    """A command, and what became of it: `answered`, `refused`, `no answer` or `unreadable`; `seconds` to the reply."""

    method: str
    outcome: str
    seconds: float = 0.0

    @property
    def newer(self) -> bool:
        """Whether only newer terminals have it."""
        return sureness.of_command(self.method) is not None


class Examination(msgspec.Struct, kw_only=True):
    """What was found; nobody's name, id, address or secret is in it."""

    privileges: Privileges | None = None
    generation: Generation = Generation.UNKNOWN
    in_a_call: bool = False
    asked: list[Asked] = []
    findings: set[Finding] = set()
    events: Counter[str] = msgspec.field(default_factory=Counter)
    unknown_events: Counter[str] = msgspec.field(default_factory=Counter)


async def protection(config: TerminalConfig) -> ProtectionInfoReply | None:
    """Asks how the accounts are protected, without authorising: that evicts nobody. None where it does not say.

    Raises `LinkLost` where the terminal cannot be reached.
    """
    async with open_found(config, lambda _event, _frame: None) as session:
        try:
            return await (await session.post(GetProtection(), timeout=PATIENCE)).wait_as(ProtectionInfoReply)
        except TerminalError:
            return None


async def examine(config: TerminalConfig, *, listen: float) -> Examination:
    """Authorises, asks, listens for `listen` seconds; raises `TerminalError` where the connection ends before."""
    found = Examination()
    replies: list[Reply] = []

    def hear(event: AnyEvent, frame: str) -> None:
        _hear(found, event, frame)

    async with open_authorised(config, read_credentials(config), hear) as (session, authorised):
        found.privileges = authorised.privileges
        session.release()
        own = await _own_id(session)
        for command in reads(own):
            reply = await _ask(session, command, found)
            if reply is not None:
                replies.append(reply)
        with trio.move_on_after(listen):
            await session.stay()
    found.generation = told(*replies)
    found.in_a_call = any(isinstance(each, AppStateReply) and each.app_state in IN_A_CALL for each in replies)
    return found


async def _own_id(session: Session) -> str:
    try:
        return (await (await session.post(GetLogin(), timeout=PATIENCE)).wait_as(LoginReply)).peer_id
    except LinkLost:
        raise
    except TerminalError:
        return ""


async def _ask(session: Session, command: Command, found: Examination) -> Reply | None:
    began = trio.current_time()
    try:
        frame = await (await session.post(command, timeout=PATIENCE)).frame()
    except Timeout:
        found.asked.append(Asked(command.method, "no answer"))
        return None
    seconds = trio.current_time() - began
    if not frame.result:
        found.asked.append(Asked(command.method, "refused", seconds))
        return None
    found.findings |= _compared(command.reply, frame.raw, command.method)
    try:
        reply = decode_as(command.reply, frame.raw)
    except ProtocolError:
        found.asked.append(Asked(command.method, "unreadable", seconds))
        return None
    found.asked.append(Asked(command.method, "answered", seconds))
    return reply


def _hear(found: Examination, event: AnyEvent, frame: str) -> None:
    if isinstance(event, UnknownEvent):
        found.unknown_events[event.name if event.name.isascii() and event.name.isalpha() else "(odd name)"] += 1
        return
    found.events[event.event] += 1
    if event.event in EVENTS:
        found.findings |= _compared(type(event), frame, event.event)


def _compared(kind: type[msgspec.Struct], frame: str | bytes, where: str) -> frozenset[Finding]:
    """Compares a frame with its type, which reads only what it knows: the rest may be beyond what JSON is here."""
    try:
        value = msgspec.json.decode(frame)
    except UNREADABLE:
        return frozenset({Finding(Difference.UNREADABLE, where)})
    return compare(kind, value, where)
