"""Connects to a terminal, for a program of your own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import trio

from appliance.runtime.presence import running
from appliance.terminal import liveness
from appliance.terminal.address import is_path
from appliance.terminal.authorise import open_authorised
from appliance.terminal.background import background
from appliance.terminal.boxes import controlling, socket_of
from appliance.terminal.client.client import Client
from appliance.terminal.config import Role, TerminalConfig, read_credentials
from appliance.terminal.discovery import WS_PORT
from appliance.terminal.errors import LinkLost
from appliance.terminal.messages import AnyEvent
from appliance.terminal.session import Session


@asynccontextmanager
async def connect(
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
    direct: bool = False,
) -> AsyncIterator[Client]:
    """Opens a client of the terminal at `host`, authorised with at most one of `pin`, `password` and `token`.

    `role` asks for one of the two accounts. `web_port` is where the terminal tells its other ports; `ws_port` is used
    where it does not. `http_port`, where given, is where `Pictures` finds pictures and files whatever the terminal
    says, as behind a router that forwards ports. A reply may take `command_timeout` seconds.

    Where an appliance on this machine has the account, the connection goes through it, so that it keeps the account;
    with `direct`, it loses it. `host` may also be the path of the socket at which an appliance shares its session.

    The connection is watched, and is not made again when it ends: that is a `LinkLost` for every command and every
    listener; `keep_connected` makes it again. `Client.token` is good for the next time, instead of the PIN. Raises
    `ValueError` for wrong arguments, `Unauthorised`, `Timeout`, `LinkLost` and `UnexpectedReply`.
    """
    config = TerminalConfig(
        host=host,
        web_port=web_port,
        ws_port=ws_port,
        pin=pin,
        password=password,
        token=token,
        role=role,
        command_timeout=command_timeout,
    )
    at = config if direct or is_path(host) else await _past_nobody(config)
    clients: list[Client] = []  # none before `release`, and until then the session keeps the events

    def hear(event: AnyEvent, frame: str) -> None:
        for client in clients:
            client.hear(event, frame)

    async with open_authorised(at, read_credentials(config), hear) as (session, reply):
        client = Client(host, session, reply.privileges, token=reply.token, http_port=http_port)
        clients.append(client)
        session.release()
        async with background() as nursery:
            nursery.start_soon(liveness.watch, session)
            nursery.start_soon(_tell_the_end, session, client)
            yield client


async def _past_nobody(config: TerminalConfig) -> TerminalConfig:
    """Returns how to reach the terminal without evicting an appliance of this machine."""
    if not running():
        return config
    box = await trio.to_thread.run_sync(controlling, config)  # it looks up names
    return config if box is None else msgspec.structs.replace(config, host=str(socket_of(box)))


async def _tell_the_end(session: Session, client: Client) -> None:
    try:
        await session.stay()
    except LinkLost as why:
        client.end(why)
