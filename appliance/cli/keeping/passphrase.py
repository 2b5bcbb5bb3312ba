"""Where a passphrase comes from: a file, the environment, or a prompt. Never the command line, which others see."""

import os
from pathlib import Path

import click

from appliance.card.backup.passphrase import passphrase_in

VARIABLE = "OFFHOOK_BACKUP_PASSPHRASE"

passphrase_option = click.option(
    "--passphrase-file",
    "file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help=f"A file whose first line is the passphrase. Else the variable {VARIABLE}; else it is asked for.",
)


def passphrase(file: Path | None, *, new: bool) -> str:
    """Returns the passphrase; `new`: one that is to be chosen is typed twice. Raises `Refused` and `OSError`."""
    if file is not None:
        return passphrase_in(file)
    given = os.environ.pop(VARIABLE, "")  # not for the programs that we start
    if given:
        return given
    asked: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    return asked
