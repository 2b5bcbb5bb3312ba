"""The service's state folder, as its owner sees it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from appliance.access.kept import FOLDER
from appliance.cli.options import REFUSED, WRONG_USE
from appliance.runtime import atomic

STATE = Path("/var/lib/offhook")
F = TypeVar("F", bound=Callable[..., Any])


def state_option(command: F) -> F:
    """Gives a command `state`."""
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option("--state", type=kind, default=STATE, show_default=True, help="The service's state folder.")(
        command
    )


@contextmanager
def as_owner(state: Path) -> Iterator[Path]:
    """Yields the folder of access, and is its owner meanwhile; says why not, and ends the process.

    Root becomes the service's user: what is written is the service's, and a link that a service which was taken over
    has laid there leads root to nothing that this user may not write anyhow.
    """
    before, groups = (os.geteuid(), os.getegid()), os.getgroups()
    try:
        owner = state.stat()
        if before[0] not in {0, owner.st_uid}:
            click.echo(f"{state} belongs to the service; expected: sudo, or a root shell", err=True)
            raise SystemExit(WRONG_USE)
        if before[0] == 0:
            os.setgroups([owner.st_gid])
        os.setegid(owner.st_gid)
        os.seteuid(owner.st_uid)
        atomic.make_folder(state / FOLDER, 0o700)
        yield state / FOLDER
    except OSError as error:
        click.echo(f"{error.filename or state}: {error.strerror}", err=True)
        raise SystemExit(REFUSED) from None
    finally:
        os.seteuid(before[0])
        os.setegid(before[1])
        if before[0] == 0:
            os.setgroups(groups)
