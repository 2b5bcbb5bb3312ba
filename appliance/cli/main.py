"""The command `offhook`. Each subcommand's code is imported only when it is asked for: starting must be quick."""

import gc
import importlib
from pathlib import Path

import click

from appliance.cli.options import config_option, load_config

# subcommand → where its click command is
_ELSEWHERE = {
    "access": "appliance.cli.access.command:access",
    "backup": "appliance.cli.keeping.backup:backup",
    "card": "appliance.cli.card:card",
    "check": "appliance.cli.check.command:check",
    "demo": "appliance.cli.demo:demo",
    "deputy": "appliance.cli.deputy:deputy",
    "devices": "appliance.cli.devices.command:devices",
    "fleet": "appliance.cli.fleet.command:fleet",
    "hardware-test": "appliance.cli.hardware_test.command:hardware_test",
    "kiosk": "appliance.cli.kiosk:kiosk",
    "network": "appliance.cli.network.command:network",
    "recover": "appliance.cli.recover:recover",
    "remote": "appliance.cli.remote.command:remote",
    "reset": "appliance.cli.keeping.reset:reset",
    "restore": "appliance.cli.keeping.restore:restore",
    "safe": "appliance.cli.safe:safe",
    "simulate": "appliance.cli.simulate:simulate_command",
    "syslog": "appliance.cli.syslog:syslog_command",
    "terminal": "appliance.cli.terminal.command:terminal",
    "update": "appliance.cli.update.command:update",
    "visca": "appliance.cli.visca.command:visca",
    "webhooks": "appliance.cli.webhooks:webhooks",
    "wiring": "appliance.cli.wiring:wiring_command",
}


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


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001  # click's signature
    """Prints the version, and ends."""
    if asked and not context.resilient_parsing:
        click.echo(_version())
        context.exit()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_say_version, help="Prints the version."
)
def main() -> None:
    """Room controller for TrueConf Room terminals.

    Exit codes: 0 done, 1 the terminal or a device refused, 2 wrong use or configuration, 3 no connection.
    """


@main.command()
@config_option
def run(path: Path) -> None:
    """Runs the appliance until SIGTERM or Ctrl-C."""
    gc.disable()  # what is imported stays: looking through it again and again only delays the start
    from appliance.config.profiles import profiles_beside  # noqa: PLC0415  # see the module's docstring
    from appliance.config.secrets.exposed import exposed  # noqa: PLC0415  # see the module's docstring
    from appliance.run import process  # noqa: PLC0415  # see the module's docstring
    from appliance.runtime import logs  # noqa: PLC0415  # see the module's docstring

    config, profiles = load_config(path), profiles_beside(path)
    logs.configure(config.log.level)
    gc.freeze()
    gc.enable()
    process.run(config, path, profiles, exposed(config, path))


@main.command()
def version() -> None:
    """Prints the version."""
    click.echo(_version())


def _version() -> str:
    import importlib.metadata  # noqa: PLC0415  # see the module's docstring

    return importlib.metadata.version("offhook")
