"""The command `offhook reset`."""

from pathlib import Path

import click

from appliance.card.boot_partition import of_card, writable
from appliance.card.reset import installed, wish
from appliance.card.reset.at_boot import restart
from appliance.card.reset.card import is_card
from appliance.card.stopped import stopped
from appliance.cli.keeping.machine import as_root, machine_options, refusals_said

_CARD = "everything on it, its name and its keys: the box restarts as from a fresh card"
_INSTALLED = "its room: configuration, secrets and stored state; the rest of this machine stays"


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@machine_options
def reset(root: Path, boot: Path, *, yes: bool) -> None:
    """Makes this box forget its room, and on a card itself as well: as from a fresh card.

    A card restarts for that. On other machines the configuration, the secrets and the stored state go, and network,
    users and SSH stay. See docs/backup.md for what flash cannot promise to forget. Make a backup first.
    """
    as_root(root)
    if not yes:
        click.confirm(f"This box forgets {_CARD if is_card(root) else _INSTALLED}. Go on?", abort=True, err=True)
    with refusals_said():
        if is_card(root):
            _card(root, boot)
        else:
            installed.begin(root)
            with stopped(root):
                installed.carry_out(root, of_card(root, boot))
            click.echo("Done.", err=True)


def _card(root: Path, boot: Path) -> None:
    with writable(boot):
        wish.ask(boot)
    if root == Path("/"):
        click.echo("The box restarts now.", err=True)
        restart()
