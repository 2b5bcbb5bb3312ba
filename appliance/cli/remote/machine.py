"""The commands `offhook remote HOST machine …`: what is done with the machine, as the maintenance page does it."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from appliance.cli.keeping.machine import refusals_said
from appliance.cli.keeping.passphrase import passphrase, passphrase_option
from appliance.cli.options import DONE, REFUSED, table
from appliance.cli.remote.reach import Reach

if TYPE_CHECKING:
    from appliance.api.able import Able, Answered
    from appliance.api.client.client import Client

_IN_CALL = click.option("--in-call", is_flag=True, help="Also while somebody is in a call.")
_YES = click.option("--yes", is_flag=True, help="Do not ask whether to go on. A call is another matter: --in-call.")
_FILE = click.Path(dir_okay=False, path_type=Path)
Wish = Callable[["Client", bool, bool], Awaitable["Answered"]]
"""Asks, with the words `sure` and `in_call`."""


@click.group()
def machine() -> None:
    """Restarts, updates, saves, restores and resets the box."""


@machine.command()
@click.pass_obj
def show(reach: Reach) -> None:
    """Shows versions, and what cannot be done here and why."""

    async def ask(client: "Client") -> int:
        for line in table([*_rows(await client.machine())]):
            click.echo(line)
        return DONE

    raise SystemExit(reach.run(ask))


@machine.command()
@click.option("--now", is_flag=True, help="Do not wait until nobody is in a call.")
@_IN_CALL
@click.pass_obj
def restart(reach: Reach, *, now: bool, in_call: bool) -> None:
    """Restarts the firmware, as soon as nobody is in a call."""

    async def wish(client: "Client", _sure: bool, in_call: bool) -> "Answered":  # noqa: FBT001  # of `Wish`
        from appliance.maintain.wishes import Restart  # noqa: PLC0415  # see the docstring of appliance.cli.main

        return await client.restart_machine(Restart(now=now, in_call=in_call))

    _asked(reach, wish, sure=True, in_call=in_call)


@machine.command()
@_YES
@_IN_CALL
@click.pass_obj
def reboot(reach: Reach, *, yes: bool, in_call: bool) -> None:
    """Restarts the machine."""

    async def wish(client: "Client", sure: bool, in_call: bool) -> "Answered":  # noqa: FBT001  # as above
        from appliance.maintain.wishes import Reboot  # noqa: PLC0415  # as above

        return await client.reboot_machine(Reboot(sure=sure, in_call=in_call))

    _asked(reach, wish, sure=yes, in_call=in_call)


@machine.command()
@click.argument("room")
@_IN_CALL
@click.pass_obj
def reset(reach: Reach, room: str, *, in_call: bool) -> None:
    """Makes the box forget its room. ROOM: the room's name, to be sure."""

    async def wish(client: "Client", _sure: bool, in_call: bool) -> "Answered":  # noqa: FBT001  # as above
        from appliance.maintain.wishes import Reset  # noqa: PLC0415  # as above

        return await client.reset_machine(Reset(room, in_call=in_call))

    _asked(reach, wish, sure=True, in_call=in_call)


@machine.command()
@click.option("--install", is_flag=True, help="Install what the repository has, and do not only look.")
@click.pass_obj
def update(reach: Reach, *, install: bool) -> None:
    """Has the box look for a new version; `show` says what it has found."""

    async def wish(client: "Client", _sure: bool, _in_call: bool) -> "Answered":  # noqa: FBT001  # as above
        from appliance.maintain.wishes import Renewal  # noqa: PLC0415  # as above

        return await client.update_machine(Renewal("install" if install else "check"))

    _asked(reach, wish, sure=True, in_call=False)


@machine.command()
@click.argument("path", metavar="FILE", type=_FILE)
@passphrase_option
@click.option("--overwrite", is_flag=True, help="Replace FILE where there is one.")
@click.pass_obj
def backup(reach: Reach, path: Path, file: Path | None, *, overwrite: bool) -> None:
    """Fetches a new backup into FILE, encrypted under a passphrase."""
    if path.exists() and not overwrite:
        raise click.UsageError(f"{path} is there already; expected another name, or --overwrite")
    with refusals_said():
        typed = passphrase(file, new=True)
    fetched = list[bytes]()

    async def ask(client: "Client") -> int:
        from appliance.maintain.wishes import Backup  # noqa: PLC0415  # as above

        fetched.append(await client.back_up_machine(Backup(typed)))
        return DONE

    code = reach.run(ask)
    if code == DONE:
        _write(path, fetched[0])
    raise SystemExit(code)


def _write(path: Path, content: bytes) -> None:
    from appliance.runtime import atomic  # noqa: PLC0415  # as above

    with refusals_said():
        atomic.write(path, content, 0o600)
    click.echo(f"{path}: {len(content):,} bytes", err=True)


@machine.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@passphrase_option
@_YES
@_IN_CALL
@click.pass_obj
def restore(reach: Reach, path: Path, file: Path | None, *, yes: bool, in_call: bool) -> None:
    """Makes the box what a backup says."""
    from appliance.maintain.machine import LARGEST  # noqa: PLC0415  # as above
    from appliance.runtime.files import read_file  # noqa: PLC0415  # as above

    with refusals_said():
        content, typed = read_file(path, LARGEST + 1, follow=True), quote(passphrase(file, new=False), safe="")

    async def wish(client: "Client", sure: bool, in_call: bool) -> "Answered":  # noqa: FBT001  # as above
        return await client.restore_machine(content, offhook_passphrase=typed, sure=sure, in_call=in_call)

    _asked(reach, wish, sure=yes, in_call=in_call)


def _asked(reach: Reach, wish: Wish, *, sure: bool, in_call: bool) -> None:
    """Asks, shows what the box wants to be said first, and asks again; ends the process."""
    said = {"sure": sure, "in_call": in_call}
    answers = list["Answered"]()

    async def ask(client: "Client") -> int:
        answers.append(await wish(client, said["sure"], said["in_call"]))
        return DONE

    while (code := reach.run(ask)) == DONE and answers[-1].outcome == "asks" and not said[answers[-1].wants]:
        click.confirm(f"{answers[-1].why} Go on?", abort=True, err=True)
        said[answers[-1].wants] = True
    if code == DONE:
        click.echo(answers[-1].why)
        code = DONE if answers[-1].outcome == "done" else REFUSED
    raise SystemExit(code)


def _rows(able: "Able") -> list[tuple[str, str]]:
    version = able.version
    rows = [("installed", version.installed), ("wanted", version.wanted), ("phase", version.phase.value)]
    rows += [("result", version.result), ("restart", able.restart), ("update", able.update), ("deputy", able.deputy)]
    return [(name, value or "-") for name, value in rows]
