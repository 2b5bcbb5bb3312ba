"""The command `offhook terminal doctor`: what a terminal understands, in a report that can be sent to anybody."""

import importlib.metadata
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click
import trio

from appliance.cli.options import DONE, NO_CONNECTION, WRONG_USE
from appliance.cli.terminal.connection import configuration, connection_options, run
from appliance.cli.terminal.takeover import require_takeover
from appliance.terminal.config import TerminalConfig
from appliance.terminal.errors import TerminalError


@click.command()
@click.argument("host")
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here as well.")
@click.option("--listen", type=click.FloatRange(0, 3600), default=5.0, show_default=True, help="Seconds, for events.")
@connection_options
def doctor(
    host: str,
    file: Path | None,
    listen: float,
    takeover: bool,  # noqa: FBT001  # click passes it by name
    **options: Any,  # noqa: ANN401  # see `configuration`
) -> None:
    """Asks the terminal at HOST everything that only reads, and reports what differs from what offhook knows.

    It changes nothing, so a call goes on; but it needs an account, and evicts whoever has it. The report is shown
    before it is written, and has nobody's name, id or secret in it.
    """
    config = configuration(host=host, **options)
    run(partial(_examine, config, file, listen, _introduced(config, agreed=takeover)))


def _introduced(config: TerminalConfig, *, agreed: bool) -> Any:  # noqa: ANN401  # imported when it is needed
    """Says what the report will have, and whom this evicts; returns how the accounts are protected."""
    from appliance.cli.terminal.report import CONTENTS, protected  # noqa: PLC0415  # it imports the whole interface
    from appliance.terminal.doctor.examine import protection  # noqa: PLC0415  # it imports the whole interface

    click.echo(f"{CONTENTS}\n", err=True)
    try:
        info = trio.run(protection, config)
    except TerminalError as error:
        click.echo(f"offhook: {error}", err=True)
        raise SystemExit(NO_CONNECTION) from None
    click.echo(f"protection: {protected(info)} (asked without an account: nobody was evicted so far)", err=True)
    require_takeover(config, agreed=agreed)
    return info


async def _examine(config: TerminalConfig, file: Path | None, listen: float, info: Any) -> int:  # noqa: ANN401  # see `_introduced`
    from appliance.cli.terminal.report import report  # noqa: PLC0415  # it imports the whole interface
    from appliance.terminal.doctor.examine import examine  # noqa: PLC0415  # it imports the whole interface

    text = report(await examine(config, listen=listen), info, importlib.metadata.version("offhook"))
    click.echo(text)
    return DONE if file is None or _written(file, text) else WRONG_USE


def _written(file: Path, text: str) -> bool:
    if sys.stdin.isatty() and not click.confirm(f"Write this to {file}?", default=True, err=True):
        return True
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        click.echo(f"offhook: {file}: {error.strerror}", err=True)
        return False
    return True
