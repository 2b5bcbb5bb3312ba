"""Which commands are the administrator's alone, as data, and refusing them before the wire.

The manual says it of five commands. Of the rest it says that a user may only call and set up equipment, without a list;
what clearly is neither of the two, and concerns everybody who uses the terminal, is taken to be the administrator's.
"""

from appliance.terminal.errors import TerminalError
from appliance.terminal.messages.base import Command, Untyped
from appliance.terminal.messages.client_enums import Account
from appliance.terminal.messages.enums import Privileges
from appliance.terminal.messages.security import SetProtection

STATED = frozenset(
    {
        "getHttpServerState",
        "startHttpServer",
        "stopHttpServer",
        "getHttpServerSettings",
        "setHttpServerSettings",
    }
)
INFERRED = frozenset(
    {
        "activateLicense",
        "cancelUpdate",
        "clearTokens",
        "connectToServer",
        "connectToService",
        "login",
        "logout",
        "productRegistrationOffline",
        "rebootSystem",
        "shutdown",
        "shutdownSystem",
        "startUpdate",
    }
)
ADMINISTRATOR_ONLY = STATED | INFERRED  # methods as on the wire


class NotPermitted(TerminalError):
    """A command of the administrator's, on a connection that is authorised as user; it was not sent."""

    def __init__(self, method: str) -> None:
        why = "is the administrator's" if method in STATED else "is taken to be the administrator's"
        super().__init__(f"{method} was not sent: it {why}, and this connection is authorised as user")
        self.method = method


def check(command: Command | Untyped, privileges: Privileges | None) -> None:
    """Raises `NotPermitted` for what a user may not do. An `Untyped` command is never refused here."""
    if privileges is not Privileges.USER or isinstance(command, Untyped):
        return
    of_administrator = isinstance(command, SetProtection) and command.account is Account.ADMINISTRATOR
    if of_administrator or command.method in ADMINISTRATOR_ONLY:
        raise NotPermitted(command.method)
