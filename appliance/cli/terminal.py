"""The commands `offhook terminal call` and `offhook terminal watch`: the control interface by hand."""

import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any, TextIO

import click
import msgspec
import trio

from appliance.cli.options import DONE, NO_CONNECTION, REFUSED
from appliance.cli.terminal_help import CallCommand, complete_event, complete_method, complete_parameter
from appliance.room.show.texts import eviction
from appliance.runtime import logs
from appliance.terminal.authorise import open_authorised
from appliance.terminal.background import background
from appliance.terminal.config import Role, TerminalConfig, read_credentials
from appliance.terminal.errors import Evicted, Refused, TerminalError
from appliance.terminal.messages import AnyEvent, UnknownEvent, Untyped

PARAMETER = re.compile(r"(?P<key>\w+)(?P<kind>:=|=)(?P<value>.*)", re.DOTALL)
OURS = {"method", "requestId"}  # what we put into every request ourselves


@click.group()
def terminal() -> None:
    """Talks to a terminal directly: one command, or its events."""
    logs.configure("warning")


def _connection_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which terminal, and as whom."""
    for option in (
        click.option("--timeout", type=click.FloatRange(0.1, 60), default=5.0, show_default=True, help="Seconds."),
        click.option("--role", type=click.Choice(["admin", "user"]), help="Which account to authorise for."),
        click.option("--password", envvar="OFFHOOK_PASSWORD", help="Or in the environment: OFFHOOK_PASSWORD."),
        click.option("--pin", envvar="OFFHOOK_PIN", help="Or in the environment: OFFHOOK_PIN."),
        click.option("--web-port", type=click.IntRange(1, 65535), default=80, show_default=True),
        click.option("--host", default="127.0.0.1", show_default=True),
    ):
        command = option(command)
    return command


@terminal.command(cls=CallCommand)
@click.argument("method", shell_complete=complete_method)
@click.argument("parameters", nargs=-1, metavar="[KEY=TEXT|KEY:=JSON]...", shell_complete=complete_parameter)
@_connection_options
def call(
    method: str,
    parameters: tuple[str, ...],
    host: str,
    web_port: int,
    pin: str | None,
    password: str | None,
    role: Role | None,
    timeout: float,
) -> None:
    """Sends METHOD and prints the reply as JSON. Exit code 1 if refused, 3 without connection or answer.

    `--help METHOD` explains one method. A method that is not known is sent all the same.
    """
    command = Untyped(method, parse_parameters(parameters))
    config = _config(host=host, web_port=web_port, pin=pin, password=password, role=role, command_timeout=timeout)
    _run(partial(send, config, command, sys.stdout))


@terminal.command()
@click.option("--only", multiple=True, metavar="EVENT", help="May be given again.", shell_complete=complete_event)
@_connection_options
def watch(
    only: tuple[str, ...],
    host: str,
    web_port: int,
    pin: str | None,
    password: str | None,
    role: Role | None,
    timeout: float,
) -> None:
    """Prints the terminal's events, one JSON object a line, until interrupted."""
    config = _config(host=host, web_port=web_port, pin=pin, password=password, role=role, command_timeout=timeout)
    _run(partial(_until_interrupted, config, frozenset(name.lower() for name in only)))


def parse_parameters(words: tuple[str, ...]) -> dict[str, Any]:
    """`KEY=TEXT` and `KEY:=JSON` as the members of a request; raises `click.UsageError` naming the word."""
    parameters: dict[str, Any] = {}
    for word in words:
        match = PARAMETER.fullmatch(word)
        if match is None or match["key"] in OURS:
            raise click.UsageError(f"{word!r}: expected KEY=TEXT or KEY:=JSON (not method, not requestId)")
        parameters[match["key"]] = match["value"] if match["kind"] == "=" else _json(word, match["value"])
    return parameters


async def send(config: TerminalConfig, command: Untyped, out: TextIO) -> int:
    """Sends one command, prints the whole reply to `out`; an exit code. Raises `TerminalError`."""
    async with open_authorised(config, read_credentials(config), lambda _event, _frame: None) as (session, _):
        frame = await (await session.post(command)).frame()
        _print(frame.raw, out)
        return DONE if frame.result else REFUSED


async def follow(config: TerminalConfig, out: TextIO, only: frozenset[str] = frozenset()) -> int:
    """Prints events to `out` until the connection ends (raises `TerminalError`) or nobody reads `out` any more.

    `only` names events in lower case; none means all.
    """
    with trio.CancelScope() as read:

        def show(event: AnyEvent, frame: str) -> None:
            if only and _name(event).lower() not in only:
                return
            try:
                _print(frame.encode(), out)
            except BrokenPipeError:
                read.cancel()

        async with open_authorised(config, read_credentials(config), show) as (session, _):
            session.release()
            await session.stay()
    return DONE


def _name(event: AnyEvent) -> str:
    return event.name if isinstance(event, UnknownEvent) else event.event


async def _until_interrupted(config: TerminalConfig, only: frozenset[str]) -> int:
    with trio.CancelScope() as following, trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async with background() as nursery:
            nursery.start_soon(_cancel_at_signal, signals, following)
            return await follow(config, sys.stdout, only)
    return DONE


async def _cancel_at_signal(signals: AsyncIterator[int], scope: trio.CancelScope) -> None:
    async for _ in signals:
        scope.cancel()


def _config(**options: Any) -> TerminalConfig:  # noqa: ANN401  # checked here
    try:
        return msgspec.convert(options, TerminalConfig)
    except msgspec.ValidationError as error:
        raise click.UsageError(str(error)) from None


def _json(word: str, text: str) -> object:
    try:
        value: object = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise click.UsageError(f"{word!r}: expected JSON after `:=`: {error}") from None
    return value


def _print(message: bytes, out: TextIO) -> None:
    print(msgspec.json.format(message, indent=0).decode(), file=out, flush=True)


def _run(work: Callable[[], Awaitable[int]]) -> None:
    try:
        code = trio.run(work)
    except TerminalError as error:
        words = eviction(error.cause) if isinstance(error, Evicted) else error
        click.echo(f"offhook: {words}", err=True)
        code = REFUSED if isinstance(error, Refused | Evicted) else NO_CONNECTION
    sys.exit(code)
