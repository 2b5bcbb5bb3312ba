"""What a box does for itself: fetches its own file, and says by which key it is encrypted for it."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.cli.options import NO_CONNECTION, REFUSED, WRONG_USE

if TYPE_CHECKING:
    from appliance.card.apply import Outcome
    from appliance.provision.place import Place

_ENROLLING = 35.0  # seconds within a look, before and after it: see TimeoutStartSec= of its unit
_FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
_boot = click.option(
    "--boot", type=_FOLDER, default=Path("/boot/firmware"), show_default=True, help="Where room.toml is."
)
_root = click.option("--root", type=_FOLDER, default=Path("/"), show_default=True, help="The machine's root folder.")


@click.command("pull")
@_boot
@_root
def pull_command(boot: Path, root: Path) -> None:
    """Fetches this box's own room.toml from the server that [fleet] names, and applies it.

    It must be signed by a key in `signers`, made for this box, newer than the last one, and right as a whole;
    otherwise nothing changes, exit code 1. Exit code 2: applied, with mistakes; 3: no server said anything usable.
    """
    import trio  # noqa: PLC0415  # see the docstring of appliance.cli.main

    from appliance.card import running  # noqa: PLC0415  # as above
    from appliance.provision.place import PullError, Unreached  # noqa: PLC0415  # as above
    from appliance.provision.pull import pull  # noqa: PLC0415  # as above

    place = _place(boot, root)
    try:
        _enrol(place)
        outcome = trio.run(pull, place)
        if outcome is not None:
            if root == Path("/"):
                running.run(outcome)
            _enrol(place)  # the room may have brought the way to a certificate, or another name for it
    except PullError as error:
        click.echo(str(error), err=True)
        raise SystemExit(NO_CONNECTION if isinstance(error, Unreached) else REFUSED) from None
    if outcome is None:
        click.echo("nothing new")
    else:
        _say(outcome)


@click.command("enrol")
@_boot
@_root
def enrol_command(boot: Path, root: Path) -> None:
    """Asks for this box's certificate, or renews it, where that is due: see [fleet.enrol]. `pull` does so as well.

    Exit code 3: there is no certificate from the server now, and why.
    """
    from appliance.provision.place import PullError  # noqa: PLC0415  # as above

    try:
        done = _enrol(_place(boot, root), within=math.inf)
    except PullError as error:
        click.echo(str(error), err=True)
        raise SystemExit(REFUSED) from None
    if done is None:
        raise SystemExit(NO_CONNECTION)
    if not done:
        click.echo("nothing is due")


def _enrol(place: "Place", *, within: float = _ENROLLING) -> bool | None:
    """Does what is due, and says so; whether anything was, None where it went wrong. `within`: seconds.

    Raises `PullError` where the box's room.toml cannot be read.
    """
    import trio  # noqa: PLC0415  # as above

    from appliance.provision.enrol.due import EnrolError, enrol  # noqa: PLC0415  # as above

    async def bounded() -> str | None:
        with trio.fail_after(within):
            return await enrol(place)

    try:
        done = trio.run(bounded)
    except (EnrolError, trio.TooSlowError) as error:
        said = str(error) or f"more than {within:g} s"
        click.echo(f"no certificate: {said}", err=True)
        return None
    if done:
        click.echo(done)
    return bool(done)


def _place(boot: Path, root: Path) -> "Place":
    from appliance.provision.place import Place  # noqa: PLC0415  # as above
    from appliance.runtime import proxy  # noqa: PLC0415  # as above

    try:
        return Place(boot, root, proxy.way(root / proxy.PLACE.relative_to("/"), root / proxy.STORE.relative_to("/")))
    except proxy.Unreadable as error:
        click.echo(str(error), err=True)
        raise SystemExit(NO_CONNECTION) from None


def _say(outcome: "Outcome") -> None:
    click.echo(f"applied; changed: {', '.join(sorted(outcome.changed)) or 'nothing'}")
    for mistake in outcome.mistakes:
        click.echo(f"room.toml:{mistake.line}: {mistake.key}: {mistake.message}", err=True)
    if outcome.mistakes:
        raise SystemExit(WRONG_USE)


@click.command()
@_root
def identity(root: Path) -> None:
    """Prints this box's id, which is a hash of /etc/machine-id, and its public key, for the inventory.

    The key is made the first time. Its private half never leaves the box: /etc/credstore/offhook-fleet.age, which only
    root can read.
    """
    import trio  # noqa: PLC0415  # as above

    from appliance.provision.identity import IdentityError, recipient  # noqa: PLC0415  # as above
    from appliance.provision.place import Place, PullError  # noqa: PLC0415  # as above
    from appliance.provision.waiting import Waiting, lines  # noqa: PLC0415  # as above

    try:
        machine = Place(root, root).machine
        click.echo("\n".join(lines(Waiting(machine, trio.run(recipient, root)))))
    except (PullError, IdentityError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(REFUSED) from None
