"""A configuration on trial where a box is restored: what returns by itself would overwrite what was restored.

The deputy refuses a restore meanwhile. Root at the command line is not refused: the trial ends, as if its minute were
over, and none begins until all is done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from appliance.card.stopped import SYSTEMD
from appliance.deputy import trial
from appliance.deputy.alone import alone
from appliance.deputy.machine import Systemd
from appliance.deputy.place import Place


@contextmanager
def none_on_trial(root: Path, boot: Path) -> Iterator[None]:
    """Ends a trial, and lets none begin meanwhile. Raises `NotNow` where somebody changes the box just now; `OSError`.

    `boot`: where the card's boot partition is, on a box that has one; writable.
    """
    place = Place(Systemd(), root, boot)
    is_this_machine = root == Path("/") and SYSTEMD.is_dir()
    # on this machine its unit does it, which never runs twice at once: else it could write after us
    if take_back(place, place.machine.settle if is_this_machine else lambda: trial.settle(place)):
        click.echo("A configuration was on trial: it is taken back first.", err=True)
    with alone(place):
        yield


def take_back(place: Place, settle: Callable[[], object]) -> bool:
    """Ends a trial by what settles it; returns whether there was one. Raises `OSError`."""
    if not trial.give_up(place) and not (place.state / trial.RETURNING).exists():
        return False
    settle()
    return True
