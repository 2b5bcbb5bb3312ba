"""Says what is wrong with a configuration, or what it does."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.cli.options import WRONG_USE

if TYPE_CHECKING:
    from appliance.config.schema import Config
    from appliance.fleet.mqtt.config import MqttConfig
    from appliance.terminal.config import TerminalConfig


def notes(config: "Config") -> Iterator[str]:
    """Yields what is no mistake and may cost people something later."""
    from appliance.cli.check.boot import unsafe_at_boot  # noqa: PLC0415  # see the docstring of appliance.cli.main

    yield from _of_terminal(config.terminal)
    yield from _of_mqtt(config.mqtt)
    yield from unsafe_at_boot(config)


def _of_terminal(terminal: "TerminalConfig") -> Iterator[str]:
    if terminal.role == "user" and (terminal.pin is not None or terminal.pin_file is not None):
        yield (
            "[terminal] has the user's PIN, which a terminal with changeUserAuthPinAfterConf changes after each call: "
            "the room would be locked out after its first; expected that setting off, a password, or role admin"
        )


def _of_mqtt(mqtt: "MqttConfig | None") -> Iterator[str]:
    if mqtt is not None and mqtt.tells_its_password:
        key = "password" if mqtt.password is not None else "password_file"
        yield (
            f"[mqtt] has a `{key}`, which everybody on the network can read on its way to {mqtt.first_beyond}; "
            "expected `tls = true`, or left out"
        )


def _beside(config: "Config | None", path: Path, store: Path | None) -> Iterator[tuple[str, bool]]:
    """Yields what is wrong with the files that `[network]` names beside this one, and whether it is a mistake."""
    if config is None or config.network is None:
        return
    from appliance.cli.check.beside import wrong_beside  # noqa: PLC0415  # most rooms have none

    yield from wrong_beside(path, store)


def notes_of_box() -> Iterator[str]:
    """Yields what this machine lacks for a display."""
    from PIL import features  # noqa: PLC0415  # see the docstring of appliance.cli.main

    if not features.check("raqm"):
        yield (
            "[display]: the library FriBidi is missing, without which names in Arabic are not joined; "
            "expected `apt install libfribidi0`"
        )


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--table", "wants_table", is_flag=True, help="Also print what each input does in each state of the room.")
@click.option("--off-box", is_flag=True, help="Do not look for secrets and other files that exist on the box only.")
def check(path: Path, *, wants_table: bool, off_box: bool) -> None:
    """Validates a configuration: prints every mistake as FILE:LINE: key: message.

    So are the profiles in the folder `profiles` beside it, which the appliance does without where they are wrong.
    Secrets that everybody on the machine can read are no mistake, but said.
    """
    from appliance.config.load import ConfigError, load  # noqa: PLC0415  # as above
    from appliance.config.profiles import profiles_beside  # noqa: PLC0415  # as above
    from appliance.config.secrets.exposed import exposed  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.terminal.config import CREDENTIAL_STORE  # noqa: PLC0415  # as above

    mistakes = list(profiles_beside(path).mistakes)
    try:
        config = load(path, None if off_box else CREDENTIAL_STORE)
    except ConfigError as error:
        config, mistakes = None, [*str(error).split("\n"), *mistakes]
    beside = list(_beside(config, path, None if off_box else CREDENTIAL_STORE))
    mistakes += [f"{path}:{words}" for words, is_mistake in beside if is_mistake]
    if config is None or mistakes:
        click.echo("\n".join(mistakes), err=True)
        raise SystemExit(WRONG_USE)
    click.echo(f"{path}: no mistakes")
    for words in (words for words, is_mistake in beside if not is_mistake):
        click.echo(f"{path}: warning: line {words}", err=True)
    for each in () if off_box else exposed(config, path):
        click.echo(f"{path}: warning: {each.text}", err=True)
    of_box = notes_of_box() if config.display is not None and not off_box else ()
    for words in (*notes(config), *of_box):
        click.echo(f"{path}: warning: {words}", err=True)
    if wants_table:
        from appliance.cli.check.table import lines  # noqa: PLC0415  # as above

        click.echo("\n".join(lines(config.bindings(), config.hold_times())))
