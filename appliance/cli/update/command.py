"""What an administrator asks of `offhook update`: how it is, what there is, and to install it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.cli.update.box import root_option, running, with_updater
from appliance.cli.update.units import confirm, run, stick

if TYPE_CHECKING:
    from appliance.card.update.plan import Step
    from appliance.card.update.updater import Updater
    from appliance.config.update import UpdateConfig


@click.group(invoke_without_command=True)
@click.pass_context
def update(context: click.Context) -> None:
    """Renews a card: a new version goes into the other slot, is tried, and stays only if it works.

    Without a command: `status`. Exit codes: 0 done, 1 it cannot be, 2 wrong use, 3 the repository cannot be reached.
    """
    if context.invoked_subcommand is None:
        context.invoke(status, root=Path("/"))


@update.command()
@root_option
def status(root: Path) -> None:
    """Prints which version there is, what is on its way, and what became of the last update."""
    from appliance.card.update.state import FOLDER, Kept  # noqa: PLC0415  # see the docstring of appliance.cli.main

    state = Kept(root / FOLDER.relative_to("/")).load()
    click.echo(f"version     {running()}")
    if state.told.wanted:
        click.echo(f"{state.told.phase.value:<11} {state.told.wanted}")
    if state.target is not None:
        click.echo(f"stage       {state.stage.value}, {state.trials} of 3 starts tried")
    if state.told.result is not None:
        click.echo(f"last        {state.told.result.text()}")
    for version, times in state.bad.items():
        click.echo(f"not again   {version} (failed {times} times); `offhook update install` tries it all the same")


@update.command()
@root_option
def check(root: Path) -> None:
    """Asks the repository which version it has for this box."""

    async def ask(updater: "Updater", config: "UpdateConfig") -> "Step":
        from appliance.card.update.command import Failed  # noqa: PLC0415  # as above
        from appliance.card.update.plan import Step  # noqa: PLC0415  # as above
        from appliance.language.text import Text  # noqa: PLC0415  # as above

        if not config.url:
            raise Failed(Text("update.why.no_url"), lasting=True)
        offered = await updater.look()
        if offered is None:
            click.echo(f"{updater.running} is the newest")
        else:
            wave = "" if offered.mine else "; this box's wave has not begun"
            click.echo(f"{offered.target.version} is available, {offered.target.size / 1e6:.0f} MB{wave}")
        return Step.NOTHING

    with_updater(root, ask)


@update.command()
@click.argument("what", required=False, metavar="[URL|FILE]")
@click.option("--downgrade", is_flag=True, help="Also an older version than the one that runs.")
@click.option("--now", is_flag=True, help="Even during a call.")
@root_option
def install(root: Path, what: str | None, *, downgrade: bool, now: bool) -> None:
    """Installs what the repository has, or a bundle in a file or at an address, and restarts the box."""

    async def do(updater: "Updater", config: "UpdateConfig") -> "Step":
        from appliance.card.update.plan import Step  # noqa: PLC0415  # as above
        from appliance.card.update.service import by_hand  # noqa: PLC0415  # as above

        step = await by_hand(updater, config, what, older=downgrade, at_once=now)
        if step is Step.NOTHING:
            click.echo(f"{updater.running} is the newest")
        return step

    with_updater(root, do)


for unit in (run, stick, confirm):
    update.add_command(unit)
