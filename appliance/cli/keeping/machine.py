"""What these commands share: the options that name a machine, and how a refusal ends."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from appliance.card.backup.refused import Refused
from appliance.card.boot_partition import USUAL
from appliance.cli.options import REFUSED, WRONG_USE
from appliance.deputy.place import NotNow

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = click.Path(file_okay=False, path_type=Path)


def machine_options(command: F) -> F:
    """Gives a command `boot` and `root`."""
    root = click.option("--root", type=_FOLDER, default=Path("/"), show_default=True, help="The machine's root folder.")
    boot = click.option("--boot", type=_FOLDER, default=USUAL, show_default=True, help="The card's boot partition.")
    return boot(root(command))


def as_root(root: Path) -> None:
    """Ends the process where only root can do what is asked."""
    if root == Path("/") and os.geteuid() != 0:
        click.echo("this reads and writes secrets that only root may see; expected: sudo, or a root shell", err=True)
        raise SystemExit(WRONG_USE)


@contextmanager
def refusals_said() -> Iterator[None]:
    """Says why not, and ends the process."""
    try:
        yield
    except (Refused, NotNow) as error:
        click.echo(str(error), err=True)
        raise SystemExit(WRONG_USE) from None
    except OSError as error:
        click.echo(str(error), err=True)
        raise SystemExit(REFUSED) from None
