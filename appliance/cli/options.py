"""What several commands share: exit codes, the option `--config`, how a configuration is loaded, tables."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from appliance.config.schema import Config

ROOM = Path("/etc/offhook/room.toml")

# Exit codes of every command.
DONE = 0
REFUSED = 1  # the terminal or a device refused, or is not there
WRONG_USE = 2  # wrong use, wrong configuration
NO_CONNECTION = 3

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


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yields rows of equal length as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
