"""Nobody is evicted unasked: a terminal has one administrator and one user at a time.

An appliance on this machine is never evicted, with or without `--takeover`: it would wait for somebody to press a
button in the room. Whether somebody elsewhere has the account, a terminal does not tell.
"""

import socket
import sys

import click

from appliance.cli.options import REFUSED
from appliance.runtime.presence import ANYWHERE, Presence, running
from appliance.terminal.config import TerminalConfig

ACCOUNTS = {"admin": "administrator", "user": "user"}


def require_takeover(config: TerminalConfig, *, agreed: bool) -> None:
    """Returns where the terminal's account may be taken over; ends the process otherwise."""
    for box in running():
        if is_same_terminal(box, config) and may_be_same_account(box, config):
            click.echo(f"offhook: {_box(box, config)}", err=True)
            raise SystemExit(REFUSED)
    if agreed:
        return
    warning = _warning(config)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f"{warning}; expected --takeover where that is meant")
    click.confirm(f"{warning}. Go on?", abort=True, err=True)


def is_same_terminal(box: Presence, config: TerminalConfig) -> bool:
    """Whether an appliance controls the terminal that is meant; where that cannot be told, it does.

    On this machine itself there may be many terminals, simulated ones; elsewhere an address has one.
    """
    if box.host == ANYWHERE:
        return True
    ours, theirs = _addresses(config.host), _addresses(box.host)
    if not ours & theirs:
        return False
    return box.web_port == config.web_port or not any(_is_local(address) for address in ours & theirs)


def may_be_same_account(box: Presence, config: TerminalConfig) -> bool:
    """Whether the appliance would lose its account; where either account is not known, it might."""
    return not box.account or config.role is None or box.account == config.role


def _addresses(host: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        return {host.lower()}


def _is_local(address: str) -> bool:
    return address.startswith("127.") or address == "::1"


def _box(box: Presence, config: TerminalConfig) -> str:
    account = ACCOUNTS.get(box.account, "")
    return (
        f"the appliance on this machine (process {box.pid}) controls {config.host}"
        f"{f' as its {account}' if account else ''} and would lose it; expected it stopped first "
        f"(sudo systemctl stop offhook; later: start){_other_account(box)}"
    )


def _other_account(box: Presence) -> str:
    other = {"admin": "user", "user": "admin"}.get(box.account)
    return f", or the other account: --role {other}" if other else ""


def _warning(config: TerminalConfig) -> str:
    account = ACCOUNTS.get(config.role or "", "administrator or user")
    return (
        f"a terminal has one administrator and one user at a time: whoever controls {config.host} as {account} now "
        "loses it, and an offhook box then waits for somebody to press a button in its room"
    )
