"""Authorising a session: unsecured, by PIN, password or token; stepping down to user (manual: command auth)."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import msgspec
import structlog

from appliance.terminal.address import is_path
from appliance.terminal.config import Credentials, Role, TerminalConfig
from appliance.terminal.discovery import DOCUMENT, Ports, discover
from appliance.terminal.errors import LinkLost, Unauthorised, UnexpectedReply
from appliance.terminal.messages import ProtocolError, reply_as
from appliance.terminal.messages.account import Auth, AuthReply
from appliance.terminal.messages.enums import Privileges
from appliance.terminal.session import Counters, Listener, Session, Tap, open_session

log = structlog.get_logger()

ACCOUNTS: Mapping[Role | None, str] = {
    "admin": "the administrator's account",
    "user": "the user's account",
    None: "either account",
}
"""The accounts by the role that is asked for. A terminal finds the account by the credentials, and refuses those of
the other account where a role is named."""


@asynccontextmanager
async def open_authorised(
    config: TerminalConfig,
    credentials: Credentials | None,
    listener: Listener,
    *,
    token: str = "",
    counters: Counters | None = None,
    tap: Tap | None = None,
) -> AsyncIterator[tuple[Session, AuthReply]]:
    """Asks the terminal for its ports, connects, authorises; see `open_session` and `authorise` for what it raises."""
    async with open_found(config, listener, counters=counters, tap=tap) as session:
        yield session, await authorise(session, credentials, role=config.role, token=token)


@asynccontextmanager
async def open_found(
    config: TerminalConfig, listener: Listener, *, counters: Counters | None = None, tap: Tap | None = None
) -> AsyncIterator[Session]:
    """Asks the terminal for its ports and connects, without authorising; raises as `open_session` does.

    Where its document could not be read either, the error says so: the web port is wrong more often than the others.
    """
    ports = await _ports(config)
    connected = False
    try:
        async with open_session(
            ports.ws_host, ports.ws, listener, command_timeout=config.command_timeout, counters=counters, tap=tap
        ) as session:
            connected = True
            yield session
    except LinkLost as error:
        if connected or not ports.missing:
            raise
        raise LinkLost(f"{error}: {_no_document(config, ports)}", error.loss) from error


async def _ports(config: TerminalConfig) -> Ports:
    if is_path(config.host):
        return Ports(config.ws_port, config.http_port, config.host, config.host)
    return await discover(config.host, config.web_port, ws_port=config.ws_port, http_port=config.http_port)


def _no_document(config: TerminalConfig, ports: Ports) -> str:
    return (
        f"port {ports.ws} was assumed, because {DOCUMENT} did not tell it with web_port {config.web_port} "
        f"({ports.missing}); expected the port of the terminal's web page (80 unless changed when it was installed)"
    )


async def authorise(session: Session, credentials: Credentials | None, *, role: Role | None, token: str) -> AuthReply:
    """Authorises with `token` if given, else (or when it is refused) with `credentials`; None is unsecured.

    Raises `Unauthorised`, `Timeout`, `LinkLost` or `UnexpectedReply`.
    """
    reply = await _with_token(session, token, role) or await _ask(
        session, _command(credentials, role), _tried(credentials, role)
    )
    if role == "user" and reply.privileges is Privileges.ADMINISTRATOR:
        reply = await _step_down(session, reply)
    if role == "admin" and reply.privileges is Privileges.USER:
        log.warning("authorised_as_user", wanted="admin")
    return reply


async def _with_token(session: Session, token: str, role: Role | None) -> AuthReply | None:
    if not token:
        return None
    credentials = Credentials("token", token)
    try:
        return await _ask(session, _command(credentials, role), _tried(credentials, role))
    except Unauthorised as error:
        log.info("token_refused", tried=error.tried)  # the terminal restarted, or the token is too old
        return None


async def _step_down(session: Session, before: AuthReply) -> AuthReply:
    after = await _ask(session, Auth(role="user"), f"the step from the administrator's to {ACCOUNTS['user']}")
    return msgspec.structs.replace(after, token=after.token or before.token)


def _command(credentials: Credentials | None, role: Role | None) -> Auth:
    as_whom = msgspec.UNSET if role is None else role
    if credentials is None:
        return Auth(type="unsecured", role=as_whom)
    return Auth(type="secured", credentials=credentials.secret, role=as_whom)


def _tried(credentials: Credentials | None, role: Role | None) -> str:
    """Returns what is tried, in words: never the secret."""
    return f"{f'a {credentials.kind}' if credentials else 'no credentials'} for {ACCOUNTS[role]}"


async def _ask(session: Session, command: Auth, tried: str) -> AuthReply:
    """Sends `auth` and returns the reply; the error of a refusal says what was `tried`."""
    frame = await (await session.post(command)).frame()
    try:
        reply = reply_as(AuthReply, frame)
    except ProtocolError as error:
        raise UnexpectedReply(f"reply to auth: {error}") from error
    if not reply.result:
        raise Unauthorised(reply.error, reply.result_code, tried)
    return reply
