"""The command `offhook backup`."""

import sys
import time
from pathlib import Path

import click

from appliance.card.backup.making import make
from appliance.card.boot_partition import of_card
from appliance.cli.keeping.machine import as_root, machine_options, refusals_said
from appliance.cli.keeping.passphrase import passphrase, passphrase_option
from appliance.cli.options import WRONG_USE
from appliance.runtime import atomic

_STDOUT = Path("-")


@click.command()
@click.argument(
    "path", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, allow_dash=True, path_type=Path)
)
@passphrase_option
@click.option("--overwrite", is_flag=True, help="Replace FILE where there is one.")
@machine_options
def backup(path: Path | None, file: Path | None, root: Path, boot: Path, *, overwrite: bool) -> None:
    """Puts everything that belongs to the room into one file, encrypted under a passphrase.

    That is its configuration, its secrets and certificates, and what it has stored; see docs/backup.md. FILE is
    BOX-DATE.offhook here, or - for standard output. Room, box, version and time can be read without the passphrase,
    nothing else can. Without the passphrase nobody can restore it.
    """
    as_root(root)
    target = path or Path(f"{_host(root)}-{time.strftime('%Y-%m-%d')}.offhook")
    if target != _STDOUT and target.exists() and not overwrite:
        click.echo(f"{target} is there already; expected another name, or --overwrite", err=True)
        raise SystemExit(WRONG_USE)
    with refusals_said():
        made = make(root, of_card(root, boot), passphrase(file, new=True))
        if target == _STDOUT:
            sys.stdout.buffer.write(made.content)
        else:
            atomic.write(target, made.content, None)
    for line in (*made.facts.lines(), f"written  {target}, {len(made.content):,} bytes"):
        click.echo(line, err=True)
    for missing in made.missing:
        click.echo(f"warning: room.toml names {missing}, which is not in the backup: keep it yourself", err=True)


def _host(root: Path) -> str:
    name = (atomic.content_of(root / "etc/hostname") or b"").decode(errors="replace").strip().split(".")[0]
    return name if name.replace("-", "").isalnum() else "offhook"
