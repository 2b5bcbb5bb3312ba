"""Nobody is evicted unasked: a terminal has one administrator and one user at a time.

An appliance on this machine is never evicted but with `--direct`: it would wait for somebody to press a button in the
room. It shares its session instead. Whether somebody elsewhere has the account, a terminal does not tell.
"""

import sys

import click
import msgspec

from appliance.cli.options import REFUSED
from appliance.runtime.presence import Presence
from appliance.terminal.boxes import controlling, socket_of
from appliance.terminal.config import TerminalConfig
from appliance.terminal.errors import LinkLost

ACCOUNTS = {"admin": "administrator", "user": "user"}


def through_the_box(config: TerminalConfig) -> TerminalConfig | None:
    """Returns how to go through the appliance of this machine that has the account; None where none has.

    Ends the process where it has it, and its socket cannot be used.
    """
    box = controlling(config)
    if box is None:
        return None
    try:
        return msgspec.structs.replace(config, host=str(socket_of(box)))
    except LinkLost as error:
        click.echo(f"offhook: {_box(box, config)}, and cannot be asked: {error}; {_expected(box)}", err=True)
        raise SystemExit(REFUSED) from None


def require_takeover(config: TerminalConfig, *, agreed: bool, direct: bool = False) -> None:
    """Returns where the terminal's account may be taken over; ends the process otherwise.

    `direct`: an appliance on this machine may lose it as well.
    """
    box = None if direct else controlling(config)
    if box is not None:
        click.echo(f"offhook: {_box(box, config)} and would lose it; {_expected(box)}", err=True)
        raise SystemExit(REFUSED)
    if agreed:
        return
    warning = _warning(config)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f"{warning}; expected --takeover where that is meant")
    click.confirm(f"{warning}. Go on?", abort=True, err=True)


def _box(box: Presence, config: TerminalConfig) -> str:
    account = ACCOUNTS.get(box.account, "")
    return (
        f"the appliance on this machine (process {box.pid}) controls {config.host}"
        f"{f' as its {account}' if account else ''}"
    )


def _expected(box: Presence) -> str:
    other = {"admin": "user", "user": "admin"}.get(box.account)
    return (
        "expected root (sudo), or it stopped first (sudo systemctl stop offhook; later: start)"
        f"{f', or the other account: --role {other}' if other else ''}"
    )


def _warning(config: TerminalConfig) -> str:
    account = ACCOUNTS.get(config.role or "", "administrator or user")
    return (
        f"a terminal has one administrator and one user at a time: whoever controls {config.host} as {account} now "
        "loses it, and an offhook box then waits for somebody to press a button in its room"
    )
