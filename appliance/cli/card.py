"""The command `offhook card`: first boot, and every later one, from one file on the card."""

from pathlib import Path

import click

from appliance.cli.options import WRONG_USE

_FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
_BOOT = click.Path(file_okay=False, path_type=Path)  # a box without a card has none


@click.group()
def card() -> None:
    """Sets a machine up from `room.toml` on its card."""


@card.command("apply")
@click.option("--boot", type=_FOLDER, default=Path("/boot/firmware"), show_default=True, help="Where room.toml is.")
@click.option("--root", type=_FOLDER, default=Path("/"), show_default=True, help="The machine's root folder.")
def apply_command(boot: Path, root: Path) -> None:
    """Applies room.toml: network, time, SSH, firewall, and the room itself.

    What is wrong is written to room.errors.txt beside it and printed, both in the room's language; the rest is
    applied. Exit code 2 when something is wrong. Secrets are moved into /etc/credstore, and the file then says
    `(kept)`. Only with the root folder / are running services told.
    """
    from appliance.card import report, running  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.card.apply import apply  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.language.catalogue import ENGLISH  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.runtime import logs  # noqa: PLC0415  # see the docstring of appliance.cli.main

    logs.configure("info")
    outcome = apply(boot, root)
    if outcome.mistakes:
        # English again and last: the kernel's own console font has neither Cyrillic nor Polish letters
        for spoken in dict.fromkeys((outcome.language, ENGLISH)):
            click.echo("\n".join(report.lines(outcome.mistakes, has_room=outcome.has_room, language=spoken)))
    if outcome.waits:
        click.echo("This box waits for its room, which it fetches from the server of its fleet.")
    if outcome.certificate:
        click.echo(f"certificate of this box, SHA-256: {outcome.certificate}")
    if root == Path("/"):
        running.run(outcome)
    if outcome.mistakes:
        raise SystemExit(WRONG_USE)


@card.command("restore")
@click.option("--boot", type=_BOOT, default=Path("/boot/firmware"), show_default=True, help="Where the backup is.")
@click.option("--root", type=_FOLDER, default=Path("/"), show_default=True, help="The machine's root folder.")
def restore_command(boot: Path, root: Path) -> None:
    """Finishes a restore that was cut short, and restores a backup that waits on the card.

    At each start, before room.toml is applied. A backup, any one file *.offhook, waits where its passphrase stands in
    the file backup.passphrase beside it, which is removed when it has been used. What goes wrong is written to
    restore.errors.txt there and printed. Exit code 2 where nothing was restored.
    """
    from appliance.card.backup.at_boot import (  # noqa: PLC0415  # see the docstring of appliance.cli.main
        PASSPHRASE,
        at_boot,
        report,
    )
    from appliance.card.boot_partition import of_card  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.card.spoken import language_on  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.language.catalogue import ENGLISH  # noqa: PLC0415  # see the docstring of appliance.cli.main

    partition = of_card(root, boot)
    if partition is not None and any(partition.glob(PASSPHRASE)):
        _take_back(root, boot)
    outcome = at_boot(root, partition)
    if outcome.finished:
        click.echo("A restore that was cut short has been finished.")
    if outcome.room is not None:
        click.echo(f"Restored from the backup on this card: {outcome.room}")
    if partition is not None and (outcome.room is not None or outcome.trouble):
        report(partition, outcome.said(language_on(partition / "room.toml")))
    if outcome.trouble:
        click.echo(outcome.said(ENGLISH))
        raise SystemExit(WRONG_USE)


def _take_back(root: Path, boot: Path) -> None:
    """Ends what the start before had on trial: it would return after the restore, and over it."""
    from appliance.cli.keeping.on_trial import take_back  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.deputy import trial  # noqa: PLC0415  # as above
    from appliance.deputy.machine import Systemd  # noqa: PLC0415  # as above
    from appliance.deputy.place import Place  # noqa: PLC0415  # as above
    from appliance.runtime import logs  # noqa: PLC0415  # as above

    logs.configure("info")
    place = Place(Systemd(), root, boot)
    try:
        take_back(place, lambda: trial.settle(place))  # its own unit waits for this one
    except OSError as error:
        click.echo(f"What was on trial is not taken back yet: {error}", err=True)


@card.command("reset")
@click.option("--boot", type=_BOOT, default=Path("/boot/firmware"), show_default=True, help="Where the wish is.")
@click.option("--root", type=_FOLDER, default=Path("/"), show_default=True, help="The machine's root folder.")
def reset_command(boot: Path, root: Path) -> None:
    """Does the next step of a factory reset, if one is wished for: at each start, before anything else of ours.

    A file factory-reset on the card's boot partition is the wish, as is `offhook reset`. Exit code 2 where it cannot be
    done: why is printed, and written to reset.errors.txt on that partition.
    """
    from appliance.card.reset.at_boot import at_boot, restart  # noqa: PLC0415  # see the docstring of appliance.cli.main

    outcome = at_boot(root, boot)
    if outcome.words:
        click.echo(outcome.words)
    if outcome.restart and root == Path("/"):
        restart()
    if outcome.failed:
        raise SystemExit(WRONG_USE)


@card.command("password")
@click.option("--boot", type=_BOOT, default=Path("/boot/firmware"), show_default=True, help="Where the wish is.")
@click.option("--root", type=_FOLDER, default=Path("/"), show_default=True, help="The machine's root folder.")
def password_command(boot: Path, root: Path) -> None:
    """Forgets who may log in, if a file new-password on the card's boot partition wishes so.

    The password, all tokens and all paired screens are forgotten, as by `offhook access reset`, and the display shows
    a new password for a minute. The file is removed first: where that cannot be done nothing is forgotten, else it
    would happen at every start. Exit code 1 then.
    """
    from appliance.access.kept import WISH as NEW  # noqa: PLC0415  # see the docstring of appliance.cli.main
    from appliance.card.lost_password import take_wish  # noqa: PLC0415  # as above
    from appliance.cli.access.command import forget_everybody  # noqa: PLC0415  # as above
    from appliance.cli.access.folder import STATE, as_owner  # noqa: PLC0415  # as above
    from appliance.cli.options import REFUSED  # noqa: PLC0415  # as above

    try:
        if not take_wish(boot):
            return
    except OSError as error:
        click.echo(f"The password stays: {boot} cannot be changed ({error.strerror}).", err=True)
        raise SystemExit(REFUSED) from None
    state = root / STATE.relative_to("/")
    with as_owner(state) as folder:
        forget_everybody(state)
        (folder / NEW).touch(mode=0o600)
    click.echo("Nobody can log in as before. The display shows a new password for a minute.")
