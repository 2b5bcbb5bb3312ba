"""The command `offhook restore`."""

import sys
from pathlib import Path

import click

from appliance.card.backup import staging
from appliance.card.backup.restoring import Opened, opened, perform, prepare
from appliance.card.backup.sealed import LARGEST, header_of
from appliance.card.boot_partition import of_card, writable
from appliance.card.stopped import stopped
from appliance.cli.keeping.machine import as_root, machine_options, refusals_said
from appliance.cli.keeping.on_trial import none_on_trial
from appliance.cli.keeping.passphrase import passphrase, passphrase_option
from appliance.runtime import logs
from appliance.runtime.files import read_file

_STDIN = Path("-")


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@passphrase_option
@click.option("--dry-run", is_flag=True, help="Open and judge it, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@machine_options
def restore(path: Path, file: Path | None, root: Path, boot: Path, *, dry_run: bool, yes: bool) -> None:
    """Makes this box what a backup says, or leaves it as it is.

    Configuration, secrets and what the room has stored are replaced, all of it or nothing, also when the power goes in
    the middle. The configuration is judged first, as `offhook check` does. The firmware is stopped meanwhile; a call
    that it has placed goes on at the terminal. A configuration on trial is taken back first. Name, machine id and SSH
    host keys of this box stay.
    """
    as_root(root)
    logs.configure("warning")  # standard output is nobody's
    with refusals_said():
        content = sys.stdin.buffer.read(LARGEST + 1) if path == _STDIN else read_file(path, LARGEST + 1, follow=True)
        for line in header_of(content).facts.lines():
            click.echo(line, err=True)
        backup = opened(content, passphrase(file, new=False))
        _restore(root, boot, backup, dry_run=dry_run, yes=yes)


def _restore(root: Path, boot: Path, backup: Opened, *, dry_run: bool, yes: bool) -> None:
    card = of_card(root, boot)
    with writable(card):
        staging.carry_out(root, card)  # one that was cut short is whole before another begins
    prepare(root, card, backup)
    try:
        if dry_run:
            click.echo("It can be restored on this box. Nothing was changed.", err=True)
            return
        if not yes:
            click.confirm("Replace this box's room, secrets and stored state?", abort=True, err=True)
        with stopped(root), writable(card), none_on_trial(root, boot):
            perform(root, card)
    finally:
        staging.discard(root)
    click.echo("Restored.", err=True)
