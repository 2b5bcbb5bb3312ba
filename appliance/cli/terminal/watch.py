"""The command `offhook terminal watch`: a terminal's events as they come."""

import signal
import sys
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, TextIO

import click
import trio

from appliance.cli.options import DONE
from appliance.cli.terminal.connection import connection, connection_options, direct_option, host_option, run
from appliance.cli.terminal.help import complete_event
from appliance.cli.terminal.lines import print_message
from appliance.terminal import liveness
from appliance.terminal.authorise import open_authorised
from appliance.terminal.background import background
from appliance.terminal.config import TerminalConfig, read_credentials
from appliance.terminal.messages import AnyEvent, UnknownEvent


@click.command()
@click.option("--only", multiple=True, metavar="EVENT", help="May be given again.", shell_complete=complete_event)
@connection_options
@direct_option
@host_option
def watch(only: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401  # see `connection`
    """Prints the terminal's events, one JSON object a line, until interrupted."""
    run(partial(_until_interrupted, connection(**options), frozenset(name.lower() for name in only)))


async def follow(config: TerminalConfig, out: TextIO, only: frozenset[str] = frozenset()) -> int:
    """Prints events to `out` until the connection ends (raises `TerminalError`) or nobody reads `out` any more.

    `only` names events in lower case; none means all.
    """
    with trio.CancelScope() as read:

        def show(event: AnyEvent, frame: str) -> None:
            if only and _name(event).lower() not in only:
                return
            try:
                print_message(frame.encode(), out)
            except BrokenPipeError:
                read.cancel()

        async with open_authorised(config, read_credentials(config), show) as (session, _), background() as nursery:
            nursery.start_soon(liveness.watch, session)
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
