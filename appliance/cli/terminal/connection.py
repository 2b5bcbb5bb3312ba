"""What the commands of `offhook terminal` share: which terminal, as whom, and how they end."""

import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import click
import msgspec
import trio

from appliance.cli.options import NO_CONNECTION, REFUSED
from appliance.cli.terminal.takeover import require_takeover, through_the_box
from appliance.room.texts import eviction
from appliance.runtime.presence import ANYWHERE, running
from appliance.terminal.address import is_path
from appliance.terminal.config import TerminalConfig
from appliance.terminal.discovery import WS_PORT
from appliance.terminal.errors import Evicted, Refused, TerminalError

F = TypeVar("F", bound=Callable[..., Any])

NOBODY = "127.0.0.1"
host_option = click.option(
    "--host", help=f"The terminal, or a socket; default: that of the appliance on this machine, else {NOBODY}."
)
direct_option = click.option(
    "--direct", is_flag=True, help="Straight to the terminal, past an appliance on this machine, which then loses it."
)


def connection_options(command: F) -> F:
    """The options that say where the terminal listens, and as whom; `connection` makes a configuration of them."""
    port = click.IntRange(1, 65535)
    for option in (
        click.option("--takeover", is_flag=True, help="Evict whoever has the account now; asked for otherwise."),
        click.option("--timeout", type=click.FloatRange(0.1, 60), default=5.0, show_default=True, help="Seconds."),
        click.option("--role", type=click.Choice(["admin", "user"]), help="Which account to authorise for."),
        click.option("--password", envvar="OFFHOOK_PASSWORD", help="Or in the environment: OFFHOOK_PASSWORD."),
        click.option("--pin", envvar="OFFHOOK_PIN", help="Or in the environment: OFFHOOK_PIN."),
        click.option("--ws-port", type=port, default=WS_PORT, show_default=True, help="Where web-port does not tell."),
        click.option("--web-port", type=port, default=80, show_default=True),
    ):
        command = option(command)
    return command


def configuration(*, timeout: float, host: str | None = None, **options: Any) -> TerminalConfig:  # noqa: ANN401  # checked here
    """Returns how to reach the terminal; raises `click.UsageError`."""
    try:
        where = _host() if host is None else host
        return msgspec.convert({**options, "host": where, "command_timeout": timeout}, TerminalConfig)
    except msgspec.ValidationError as error:
        raise click.UsageError(str(error)) from None


def connection(*, takeover: bool, direct: bool = False, **options: Any) -> TerminalConfig:  # noqa: ANN401  # see `configuration`
    """Returns how to reach the terminal, once nobody objects to losing it; ends the process otherwise.

    Where an appliance on this machine has the account, that is through it.
    """
    config = configuration(**options)
    if is_path(config.host):
        return config
    if not direct and (shared := through_the_box(config)) is not None:
        return shared
    require_takeover(config, agreed=takeover, direct=direct)
    return config


def exclusive(*, takeover: bool, **options: Any) -> TerminalConfig:  # noqa: ANN401  # see `configuration`
    """Returns how to reach the terminal itself, and never through an appliance; otherwise as `connection`."""
    config = configuration(**options)
    require_takeover(config, agreed=takeover)
    return config


def _host() -> str:
    """Returns the terminal of the appliance on this machine; this machine's own, where there are none or several."""
    boxes = {box.host for box in running()} - {ANYWHERE}
    return boxes.pop() if len(boxes) == 1 else NOBODY


def run(work: Callable[[], Awaitable[int]]) -> None:
    """Runs `work` under trio and ends the process with its exit code, or with that of its error."""
    try:
        code = trio.run(work)
    except TerminalError as error:
        words = eviction(error.cause) if isinstance(error, Evicted) else error
        click.echo(f"offhook: {words}", err=True)
        code = REFUSED if isinstance(error, Refused | Evicted) else NO_CONNECTION
    sys.exit(code)
