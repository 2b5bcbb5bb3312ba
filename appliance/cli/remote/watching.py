"""Follows a room until somebody ends it, and goes on where it was after a connection was lost."""

import random
import signal
from collections.abc import Callable
from typing import Never

import click
import trio

from appliance.api.client.client import Client
from appliance.api.client.connection import UnreachedError
from appliance.api.client.items import Told
from appliance.cli.options import DONE
from appliance.runtime.backoff import Backoff


async def watch(client: Client, show: Callable[[Told], None]) -> int:
    """Shows every item until SIGINT or SIGTERM. Raises `RemoteError`, in a group: refused, or nobody is there."""
    async with trio.open_nursery() as nursery:
        with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            nursery.start_soon(_Watch(client, show).run)
            await anext(aiter(signals))
            nursery.cancel_scope.cancel()
    return DONE


class _Watch:
    def __init__(self, client: Client, show: Callable[[Told], None]) -> None:
        self._client = client
        self._show = show
        self._after: str | None = None
        self._backoff = Backoff(first=1.0, longest=30.0)

    async def run(self) -> Never:
        while True:
            try:
                await self._client.events(self._hear, self._after)
                reason = "the box has ended it"
            except UnreachedError as error:
                if self._after is None:
                    raise
                reason = str(error)
            click.echo(f"lost: {reason}", err=True)
            await trio.sleep(self._backoff.next(random.Random()))  # noqa: S311  # jitter, no secret

    def _hear(self, told: Told) -> None:
        self._after = told.id
        self._backoff.reset()
        self._show(told)
