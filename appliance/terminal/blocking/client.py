"""A client whose methods wait, and its events."""

import functools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from typing import Any, Self, TypeVar

import trio

from appliance.terminal.blocking.groups import Commands
from appliance.terminal.blocking.loop import Loop
from appliance.terminal.client.client import Client
from appliance.terminal.client.connect import connect as connect_async
from appliance.terminal.client.events import LIMIT, Events
from appliance.terminal.client.requests import Answer
from appliance.terminal.config import Role
from appliance.terminal.discovery import WS_PORT
from appliance.terminal.errors import TerminalError
from appliance.terminal.messages import AnyEvent, Command, Untyped
from appliance.terminal.messages.enums import Privileges
from appliance.terminal.messages.newer.generation import Generation

R = TypeVar("R")


class BlockingEvents:
    """The events from now on, in order: `for event in events`, or `events.next(within=10)`.

    Raises `LinkLost` when the connection ends and `EventsMissed` when too many wait, as `Events` does.
    """

    def __init__(self, events: Events, loop: Loop) -> None:
        self._events = events
        self._loop = loop

    @property
    def frame(self) -> str:
        """The latest event as it came."""
        return self._events.frame

    @property
    def extra(self) -> dict[str, Any]:
        """The fields of the latest event that its type does not know."""
        return self._events.extra

    def next(self, *, within: float | None = None) -> AnyEvent:
        """Returns the next event; raises `TimeoutError` where none comes `within` seconds."""
        return self._loop.run(self._events.__anext__, within=within)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> AnyEvent:
        return self.next()


class BlockingClient(Commands):
    """Commands to one terminal, by group, and its events; made by `connect`. Not for several threads at once.

    A command waits as long as `command_timeout` of `connect` says, `next` of the events and `run` as long as `within`.
    """

    def __init__(self, client: Client, loop: Loop) -> None:
        super().__init__(client, loop)
        self.client = client  # for `run`
        self._loop = loop

    @property
    def host(self) -> str:
        """The terminal's address."""
        return self.client.host

    @property
    def token(self) -> str:
        """See `Client`; a secret."""
        return self.client.token

    @property
    def privileges(self) -> Privileges | None:
        """The account of the connection."""
        return self.client.privileges

    def send(self, command: Command | Untyped) -> Answer:
        """Sends any command and returns its reply as it came; see `Client.send`."""
        return self._loop.run(functools.partial(self.client.send, command))

    def generation(self) -> Generation:
        """Tells newer terminals from older ones; see `Client.generation`."""
        return self._loop.run(self.client.generation)

    def has_presets(self) -> bool:
        """Whether the terminal has camera presets; see `Client.has_presets`."""
        return self._loop.run(self.client.has_presets)

    @contextmanager
    def events(self, *kinds: type[AnyEvent], limit: int = LIMIT) -> Iterator[BlockingEvents]:
        """Listens from now on to events of `kinds`, or to all; at most `limit` may wait to be read."""
        listening = self.client.events(*kinds, limit=limit)
        events = self._loop.run(functools.partial(_entered, listening))
        try:
            yield BlockingEvents(events, self._loop)
        finally:
            self._loop.run(functools.partial(_left, listening))

    def run(self, work: Callable[[], Awaitable[R]], *, within: float | None = None) -> R:
        """Runs an async function where the client lives: `room.run(Pictures(room.client).frame, within=10)`.

        Raises `TimeoutError` when that takes longer than `within` seconds.
        """
        return self._loop.run(work, within=within)


@contextmanager
def connect(
    host: str,
    *,
    pin: str | None = None,
    password: str | None = None,
    token: str | None = None,
    role: Role | None = None,
    web_port: int = 80,
    ws_port: int = WS_PORT,
    http_port: int | None = None,
    command_timeout: float = 5.0,
) -> Iterator[BlockingClient]:
    """Opens a client of the terminal at `host`; the arguments and what is raised are those of `terminal.connect`."""
    opened = connect_async(
        host,
        pin=pin,
        password=password,
        token=token,
        role=role,
        web_port=web_port,
        ws_port=ws_port,
        http_port=http_port,
        command_timeout=command_timeout,
    )
    with Loop() as loop:
        yield BlockingClient(loop.start(functools.partial(_hold, opened)), loop)


async def _hold(opened: AbstractAsyncContextManager[Client], *, task_status: trio.TaskStatus[Client]) -> None:
    """Holds the connection until the loop ends; if it breaks, whoever waits is told."""
    client: Client | None = None
    try:
        async with opened as client:
            task_status.started(client)
            await trio.sleep_forever()
    except TerminalError as error:
        if client is None:
            raise
        client.end(error)


async def _entered(listening: AbstractContextManager[Events]) -> Events:
    return listening.__enter__()


async def _left(listening: AbstractContextManager[Events]) -> None:
    listening.__exit__(None, None, None)
