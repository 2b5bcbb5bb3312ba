"""What several commands share: exit codes, the option `--config`, how a configuration is loaded, tables."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from appliance.config.schema import Config

F = TypeVar("F", bound=Callable[..., Any])

ROOM = Path("/etc/offhook/room.toml")

# Exit codes of every command.
DONE = 0
REFUSED = 1  # the terminal or a device refused, or is not there
WRONG_USE = 2  # wrong use, wrong configuration
NO_CONNECTION = 3


def config_path(default: Path | None, help: str) -> Callable[[F], F]:  # noqa: A002  # click's name for it
    """Makes the option `--config`, which gives `path`; without a default it is None where it is not given."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option("--config", "path", type=kind, default=default, show_default=True, help=help)


config_option = config_path(ROOM, "The room's configuration.")


def load_config(path: Path) -> "Config":
    """The configuration in a file; where it cannot be used, prints every mistake and ends the process."""
    from appliance.config.load import ConfigError, load  # noqa: PLC0415  # see the module's docstring

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
