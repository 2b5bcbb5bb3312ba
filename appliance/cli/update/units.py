"""What the units of systemd ask of `offhook update`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.cli.update.box import config_at, root_option, running, telling_why, with_updater

if TYPE_CHECKING:
    from appliance.card.update.plan import Step
    from appliance.card.update.updater import Updater
    from appliance.config.update import UpdateConfig


NOT_CONFIRMED = 4  # judged and found wanting; any other code but 0: it could not be judged


@click.command(hidden=True)
@root_option
def run(root: Path) -> None:
    """Does what is due; for offhook-update.service."""

    async def do(updater: "Updater", config: "UpdateConfig") -> "Step":
        from appliance.card.update.asked import ASKED, taken  # noqa: PLC0415  # as above
        from appliance.card.update.service import scheduled  # noqa: PLC0415  # as above

        return await scheduled(updater, config, taken(root / ASKED.relative_to("/")))

    with_updater(root, do)


@click.command(hidden=True)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@root_option
def stick(folder: Path, root: Path) -> None:
    """Takes a bundle from a mounted USB stick; for offhook-stick@.service."""

    async def do(updater: "Updater", config: "UpdateConfig") -> "Step":
        from appliance.card.update.service import from_stick  # noqa: PLC0415  # as above

        return await from_stick(updater, folder, installs=config.stick)

    with_updater(root, do)


@click.command(hidden=True)
@root_option
def confirm(root: Path) -> None:
    """Judges this start; for offhook-confirm.service."""
    import trio  # noqa: PLC0415  # as above

    from appliance.card.update.box import Box  # noqa: PLC0415  # as above
    from appliance.card.update.confirm import Confirmation  # noqa: PLC0415  # as above
    from appliance.card.update.state import FOLDER, Kept  # noqa: PLC0415  # as above
    from appliance.runtime import logs  # noqa: PLC0415  # as above

    logs.configure("info")
    box, kept = Box(root), Kept(root / FOLDER.relative_to("/"))
    if not box.has_two_slots:
        return  # nobody counts its starts; and a card that trusts nobody's bundles has its starts counted all the same
    with telling_why():
        if not trio.run(Confirmation(kept, box, config_at(root), running()).run):
            raise SystemExit(NOT_CONFIRMED)
