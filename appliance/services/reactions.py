"""Runs the room's reactions; `room/reactions/reaction.py` says what they are.

It sleeps until the room changes or the earliest `look_at` has come, asks every reaction of the table, and carries out
what they say: events at once, inputs as if they came from a device, reads each in a task of its own, so that a terminal
that is slow to answer holds up no reaction. The same read is asked once at a time; if it is wanted again meanwhile, it
is asked once more when the answer is there, because that answer may be older than the change. It is not asked once
more only because the answer takes its time, as a large address book does. With the table being finite, so is the number
of reads under way.

`become` takes another table while it runs. Reactions that stay keep what they remember; one that is new sees the room
as it is, and reacts to what changes from then on.

A reaction that raises is a mistake in it. It is logged, shown as out of order and left out until the appliance starts
again; the others go on.
"""

import math
from collections.abc import Awaitable, Callable, Collection, Mapping

import structlog
import trio

from appliance.room.inputs import Input
from appliance.room.local_events.link import Answered, AnswerRefused
from appliance.room.reactions.reaction import Outcome, Reaction
from appliance.room.state import RoomState
from appliance.runtime.followed import follow
from appliance.services.store import RoomStore
from appliance.terminal.errors import Refused, TerminalError
from appliance.terminal.messages.base import Command, Reply

log = structlog.get_logger()


class ReactionService:
    """Joins the reactions of one room to its state, its inputs and the terminal."""

    def __init__(
        self,
        reactions: Mapping[str, Reaction],
        store: RoomStore,
        put: Callable[[Input], None],
        request: Callable[[Command], Awaitable[Reply]],
    ) -> None:
        """`reactions` by name; `put` takes inputs, `request` asks the terminal and returns its reply."""
        self._reactions = dict(reactions)
        self._store = store
        self._put = put
        self._request = request
        self._before = RoomState()
        self._reading = dict[Command, bool]()  # whether it is wanted once more
        self._failed = set[Command]()  # logged once, until they are answered
        self._left_out = set[str]()  # reactions that have raised
        self._following = trio.CancelScope()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reacts until cancelled."""
        async with trio.open_nursery() as nursery:
            task_status.started()
            while True:
                with trio.CancelScope() as self._following:
                    await follow(self._store.followed, lambda state, now: self._look(state, now, nursery))

    def become(self, reactions: Mapping[str, Reaction], same: Collection[str]) -> None:
        """Takes these from now on, and looks at once; those in `same` go on as they are if they are there."""
        self._reactions = {
            name: self._reactions.get(name, reaction) if name in same else reaction
            for name, reaction in reactions.items()
        }
        for name in self._left_out:
            self._store.service_is(f"reaction {name}", online=True)
        self._left_out.clear()
        self._following.cancel()

    def _look(self, state: RoomState, now: float, nursery: trio.Nursery) -> float:
        """Asks every reaction and does what they say; returns when to look again."""
        before, self._before = self._before, state
        outcomes = [self._react(name, before, state, now) for name in tuple(self._reactions)]
        for outcome in outcomes:
            self._carry_out(outcome, nursery)
        return min((outcome.look_at for outcome in outcomes), default=math.inf)

    def _react(self, name: str, before: RoomState, state: RoomState, now: float) -> Outcome:
        try:
            outcome = self._reactions[name](before, state, now)
        except Exception:
            log.exception("reaction_failed", reaction=name)
            del self._reactions[name]
            self._left_out.add(name)
            self._store.service_is(f"reaction {name}", online=False)
            return Outcome()
        self._reactions[name] = outcome.then or self._reactions[name]
        return outcome

    def _carry_out(self, outcome: Outcome, nursery: trio.Nursery) -> None:
        for event in outcome.events:
            self._store.apply(event)
        for given in outcome.inputs:
            log.info("reacts", input=repr(given))
            self._put(given)
        for command in outcome.reads:
            self._want(command, nursery)
        for command in outcome.repeats:
            if command not in self._reading:
                self._want(command, nursery)

    def _want(self, command: Command, nursery: trio.Nursery) -> None:
        if command not in self._reading:
            nursery.start_soon(self._read, command)
        self._reading[command] = True

    async def _read(self, command: Command) -> None:
        try:
            while self._reading[command]:
                self._reading[command] = False
                await self._read_once(command)
        finally:
            del self._reading[command]

    async def _read_once(self, command: Command) -> None:
        try:
            reply = await self._request(command)
        except TerminalError as error:
            if isinstance(error, Refused):
                self._store.apply(AnswerRefused(command))
            if command not in self._failed:  # it may be asked for as long as the session lasts
                self._failed.add(command)
                log.info("not_read", method=command.method, reason=str(error))
        else:
            self._failed.discard(command)
            self._store.apply(Answered(command, reply, up_to_date=not self._reading[command]))
