"""The appliances of this machine: which terminal each controls, and where it shares its session.

A terminal has one administrator and one user at a time, so whoever wants one that an appliance controls goes through
that appliance: a socket in its runtime folder speaks the terminal's interface.
"""

import errno
import os
import socket
import struct
from pathlib import Path
from typing import Final

from appliance.runtime.presence import ANYWHERE, Presence, running
from appliance.terminal.config import TerminalConfig
from appliance.terminal.errors import LinkLost
from appliance.terminal.loss import Cause, Loss

NAME: Final = "terminal.sock"
SERVICE: Final = Path("/run/offhook")  # of the unit: RuntimeDirectory=
BY_HAND: Final = "XDG_RUNTIME_DIR"


def own_socket() -> Path | None:
    """Returns where this process shares its session; None where it has no folder for such files."""
    if folder := os.environ.get("RUNTIME_DIRECTORY"):
        return Path(folder.split(":")[0], NAME)
    return _by_hand(os.getpid())


def _by_hand(pid: int) -> Path | None:
    """Returns where a process that systemd has not started does so; there may be many."""
    folder = os.environ.get(BY_HAND)
    return Path(folder, f"offhook-{pid}.sock") if folder else None


def controlling(config: TerminalConfig) -> Presence | None:
    """Returns the appliance of this machine that would lose its account to a connection like this one."""
    for box in running():
        if is_same_terminal(box, config) and may_be_same_account(box, config):
            return box
    return None


def socket_of(box: Presence) -> Path:
    """Returns the socket at which an appliance shares its session. Raises `LinkLost`: there is none for us."""
    by_hand = _by_hand(box.pid)
    why = Loss(Cause.NOT_LISTENING, NAME)
    paths = [SERVICE / NAME] if by_hand is None else [SERVICE / NAME, by_hand]
    for path in paths:
        try:
            if _listener(path) == box.pid:
                return path
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM):
                why = Loss(Cause.SYSTEM, str(path), "permission denied")
    raise LinkLost(f"its socket: {why.detail or 'none found'}", why)


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


def _listener(path: Path) -> int:
    """Returns the process that listens at a socket (unix(7), SO_PEERCRED)."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        probe.connect(str(path))
        pid, _user, _group = struct.unpack("3i", probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        return int(pid)


def _addresses(host: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        return {host.lower()}


def _is_local(address: str) -> bool:
    return address.startswith("127.") or address == "::1"
