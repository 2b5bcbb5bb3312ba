"""Sends a webhook's receiver one message to see whether it takes it: signed as all are, by the way that all take.

It is sent once and not again. Its type is `test`, and its number 0, so that a receiver takes it for no event.
"""

import secrets
import time
from typing import NamedTuple

import msgspec
import trio

from appliance.hooks.config import HookConfig
from appliance.hooks.message import CONTENT_TYPE, Data, Message, Sender
from appliance.hooks.plan import WITHIN, Verdict, verdict
from appliance.hooks.signature import headers
from appliance.room.happened import iso
from appliance.runtime.fetch import FetchError
from appliance.runtime.kept_connection import kept_connection
from appliance.runtime.proxy import way
from appliance.terminal.config import place

TYPE = "test"


class Tried(NamedTuple):
    """What became of it: `status` None where nobody answered; `said` in words, and after how many seconds."""

    status: int | None
    said: str
    seconds: float

    @property
    def taken(self) -> bool:
        """Whether it was taken."""
        return self.status is not None and verdict(self.status) is Verdict.TAKEN


async def try_hook(config: HookConfig, sender: Sender) -> Tried:
    """Sends it. Raises `CredentialsError`, `Unusable`, `Unreadable` and `OSError`: it cannot be sent from here."""
    keys, url = config.keys(), config.address()
    found = await trio.to_thread.run_sync(way)
    found = msgspec.structs.replace(found, authorities=None if config.ca is None else place(config.ca))
    name, now = secrets.token_hex(8), time.time()
    content = _content(sender, name, now)
    signed = headers(keys, name, int(now), content)
    begun = trio.current_time()
    try:
        async with kept_connection(url, found, plain=config.plain) as receiver:
            answer = await receiver.post(content, {"Content-Type": CONTENT_TYPE, **signed}, within=WITHIN)
    except FetchError as error:
        return Tried(None, str(error), trio.current_time() - begun)
    return Tried(answer.status, f"{receiver.where}: it answers {answer.status}", trio.current_time() - begun)


def _content(sender: Sender, name: str, now: float) -> bytes:
    return msgspec.json.encode(
        Message(
            type=TYPE,
            timestamp=iso(now),
            id=name,
            sequence=0,
            lost=0,
            room=sender.room,
            machine=sender.machine,
            data=Data("", ""),
        )
    )
