"""The command `offhook`. Each subcommand's code is imported only when it is asked for: starting must be quick."""

import gc
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from appliance.config import Config

# subcommand → where its click command is
_ELSEWHERE = {
    "card": "appliance.card.command:card",
    "demo": "appliance.demo:demo",
    "devices": "appliance.devices:devices",
    "recover": "appliance.recover:recover",
    "simulate": "appliance.simulator.command:simulate_command",
    "terminal": "appliance.terminal.command:terminal",
    "visca": "appliance.visca_command:visca",
    "wiring": "appliance.wiring_command:wiring_command",
}

WRONG_USE = 2  # exit code for wrong use and wrong configuration


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = _ELSEWHERE.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101  # a mistake in the table above
        return command


config_option = click.option(
    "--config",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("/etc/offhook/room.toml"),
    show_default=True,
    help="The room's configuration.",
)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Room controller for TrueConf Room terminals.

    Exit codes: 0 done, 1 the terminal or a device refused, 2 wrong use or configuration, 3 no connection.
    """


@main.command()
@config_option
def run(path: Path) -> None:
    """Runs the appliance until SIGTERM or Ctrl-C."""
    gc.disable()  # what is imported stays: looking through it again and again only delays the start
    from appliance import app  # noqa: PLC0415  # see the module's docstring
    from appliance.runtime import logs  # noqa: PLC0415  # see the module's docstring

    config = load_config(path)
    logs.configure(config.log.level)
    gc.freeze()
    gc.enable()
    app.run(config)


@main.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def check(path: Path) -> None:
    """Validates a configuration: prints every mistake as FILE:LINE: key: message."""
    load_config(path)


@main.command()
def version() -> None:
    """Prints the version."""
    import importlib.metadata  # noqa: PLC0415  # see the module's docstring

    click.echo(importlib.metadata.version("offhook"))


def load_config(path: Path) -> "Config":
    """The configuration in a file; where it cannot be used, prints every mistake and ends the process."""
    from appliance.config import ConfigError, load  # noqa: PLC0415  # see the module's docstring

    try:
        return load(path)
    except ConfigError as error:
        click.echo(str(error), err=True)
        raise SystemExit(WRONG_USE) from None
