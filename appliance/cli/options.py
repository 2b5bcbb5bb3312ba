"""What several commands share: exit codes, the option `--config`, and how a configuration is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from appliance.config.schema import Config

ROOM = Path("/etc/offhook/room.toml")
WRONG_USE = 2  # exit code for wrong use and wrong configuration

config_option = click.option(
    "--config",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=ROOM,
    show_default=True,
    help="The room's configuration.",
)


def load_config(path: Path) -> "Config":
    """The configuration in a file; where it cannot be used, prints every mistake and ends the process."""
    from appliance.config.schema import ConfigError, load  # noqa: PLC0415  # see the module's docstring

    try:
        return load(path)
    except ConfigError as error:
        click.echo(str(error), err=True)
        raise SystemExit(WRONG_USE) from None
