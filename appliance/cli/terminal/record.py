"""The command `offhook terminal record`: what goes between us and a terminal, in a file that can be given away."""

import importlib.metadata
import signal
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import click
import trio

from appliance.cli.options import DONE, WRONG_USE
from appliance.cli.terminal.connection import connection_options, exclusive, host_option, run
from appliance.terminal import liveness
from appliance.terminal.authorise import open_authorised
from appliance.terminal.background import background
from appliance.terminal.config import TerminalConfig, read_credentials
from appliance.terminal.errors import LinkLost, TerminalError
from appliance.terminal.messages import AnyEvent
from appliance.terminal.session import Session


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@connection_options
@host_option
def record(file: Path, **options: Any) -> None:  # noqa: ANN401  # see `exclusive`
    """Records all frames into FILE, a new one, until interrupted.

    It asks every command that only reads, and then listens. Names, ids, addresses, secrets and what people write are
    replaced, the same by the same, and times are shifted; `offhook simulate --replay FILE` plays it.
    """
    if file.exists():
        raise click.UsageError(f"{file}: is there already; expected a new file")
    run(partial(_until_interrupted, exclusive(**options), file))


async def _until_interrupted(config: TerminalConfig, file: Path) -> int:
    with trio.CancelScope() as recording, trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async with background() as nursery:
            nursery.start_soon(_cancel_at_signal, signals, recording)
            return await into_file(config, file)
    if await trio.Path(file).exists():
        click.echo(f"recorded in {file}; it has nobody's name in it, but look before you send it", err=True)
    return DONE


async def _cancel_at_signal(signals: Any, scope: trio.CancelScope) -> None:  # noqa: ANN401  # trio does not name it
    async for _ in signals:
        scope.cancel()


async def into_file(config: TerminalConfig, file: Path) -> int:
    """Records into a file until the connection ends; raises `TerminalError`. Without a connection there is no file."""
    from appliance.terminal.recording.recorder import Recorder  # noqa: PLC0415  # it imports the whole interface

    try:
        out = file.open("x", encoding="utf-8")
    except OSError as error:
        click.echo(f"offhook: {file}: {error.strerror}", err=True)
        return WRONG_USE
    with out, ExitStack() as never_began:
        never_began.callback(file.unlink)
        tap = Recorder(out, version=importlib.metadata.version("offhook")).tap
        async with open_authorised(config, read_credentials(config), lambda _event, _frame: None, tap=tap) as (
            opened,
            _,
        ):
            never_began.pop_all()
            opened.release()
            click.echo(f"recording into {file}; Ctrl-C ends it", err=True)
            await _read_and_listen(opened)
    return DONE


def _pass_over(_event: AnyEvent, _frame: str) -> None:
    """The tap has heard it already."""


async def _read_and_listen(session: Session) -> None:
    from appliance.terminal.doctor.reads import reads  # noqa: PLC0415  # it imports the whole interface

    async with background() as nursery:
        nursery.start_soon(liveness.watch, session)
        for command in reads(""):
            try:
                await session.request(command, timeout=2.0)
            except LinkLost:
                raise
            except TerminalError:
                continue  # refused or not answered: that is recorded, too
        click.echo("everything was asked; listening", err=True)
        await session.stay()
