"""The command `offhook webhooks`: sends the receivers of a room a message to see whether they take it."""

from collections.abc import Mapping
from pathlib import Path

import click
import trio

from appliance.cli.options import DONE, NO_CONNECTION, REFUSED, WRONG_USE, config_option, load_config
from appliance.hooks.config import HookConfig
from appliance.hooks.message import Sender
from appliance.language.text import Unusable
from appliance.runtime import logs
from appliance.runtime.fetch import FetchError
from appliance.runtime.machine import machine_id
from appliance.services.programs.hook_trial import try_hook
from appliance.terminal.config import CredentialsError


@click.group()
def webhooks() -> None:
    """Tries the receivers of [webhooks.NAME]."""
    logs.configure("warning")


@webhooks.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@config_option
def test(names: tuple[str, ...], path: Path) -> None:
    """Sends each receiver, or those named, one signed message of the type `test`.

    Exit code 1 where one does not take it, 3 where one is not reached.
    """
    config = load_config(path)
    sender = Sender(config.room.name, machine_id() or "")
    codes = [_try(name, hook, sender) for name, hook in _chosen(config.webhooks, names).items()]
    raise SystemExit(max(codes))


def _chosen(hooks: Mapping[str, HookConfig], names: tuple[str, ...]) -> Mapping[str, HookConfig]:
    unknown = [name for name in names if name not in hooks]
    if unknown or not hooks:
        there = ", ".join(hooks) or "none"
        raise click.UsageError(f"no webhook `{unknown[0]}`; there are: {there}" if unknown else "no [webhooks.NAME]")
    return {name: hook for name, hook in hooks.items() if not names or name in names}


def _try(name: str, hook: HookConfig, sender: Sender) -> int:
    """Says what becomes of it; returns the exit code."""
    try:
        tried = trio.run(try_hook, hook, sender)
    except (CredentialsError, Unusable, FetchError, OSError) as error:
        click.echo(f"{name}: not sent: {error}", err=True)
        return WRONG_USE
    click.echo(f"{name}: {'taken' if tried.taken else 'not taken'} in {1000 * tried.seconds:.0f} ms; {tried.said}")
    if tried.taken:
        return DONE
    return NO_CONNECTION if tried.status is None else REFUSED
