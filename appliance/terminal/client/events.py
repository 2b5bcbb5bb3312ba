"""Listening to the terminal: each listener has a bounded queue of its own, and is told when it has missed something."""

from typing import Any, Self

import trio

from appliance.terminal.errors import LinkLost, TerminalError
from appliance.terminal.loss import Cause
from appliance.terminal.messages import AnyEvent, Event, UnknownEvent, extra_fields

LIMIT = 1000  # events that may wait for a listener


class EventsMissed(TerminalError):
    """A listener was too slow, and events were lost; the state must be read again."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} events waited to be read, and the next was lost")


class Events:
    """The events from now on, in order: `async for event in events`.

    `frame` is the latest event as it came, `extra` what its type does not know of it. The iteration raises `LinkLost`
    when the connection ends and `EventsMissed` when too many events wait; what came before is delivered first.
    """

    def __init__(self, kinds: tuple[type[AnyEvent], ...], limit: int) -> None:
        self.frame = ""
        self._kinds = kinds
        self._limit = limit
        self._why: TerminalError | None = None  # why no more events come
        self._kind: type[AnyEvent] = UnknownEvent
        self._send, self._receive = trio.open_memory_channel[tuple[AnyEvent, str]](limit)

    @property
    def extra(self) -> dict[str, Any]:
        """Returns the fields of the latest event that its type does not know; none of an `UnknownEvent`."""
        return extra_fields(self._kind, self.frame) if issubclass(self._kind, Event) else {}

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> AnyEvent:
        try:
            event, self.frame = await self._receive.receive()
        except trio.EndOfChannel:
            raise self._why or LinkLost("the connection was closed", Cause.ENDED) from None
        self._kind = type(event)
        return event

    def take(self, event: AnyEvent, frame: str) -> None:
        """Queues an event that arrived."""
        if self._why is not None or (self._kinds and not isinstance(event, self._kinds)):
            return
        try:
            self._send.send_nowait((event, frame))
        except trio.WouldBlock:
            self.end(EventsMissed(self._limit))

    def end(self, why: TerminalError) -> None:
        """Ends the queue: no more events arrive, for this reason."""
        self._why = self._why or why
        self._send.close()
