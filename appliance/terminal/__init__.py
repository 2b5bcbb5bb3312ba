"""The control interface of a TrueConf Room terminal: typed messages, one session, a link that keeps it alive.

For programs of one's own, under trio: `connect` and `keep_connected` give a `Client` of the whole interface, the errors
are here, and every enumeration is in `appliance.terminal.enums`. For scripts without trio there is
`appliance.terminal.blocking`.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appliance.terminal.client.client import Client
    from appliance.terminal.client.connect import connect
    from appliance.terminal.client.events import EventsMissed
    from appliance.terminal.client.keep import keep_connected
    from appliance.terminal.client.permissions import NotPermitted
    from appliance.terminal.errors import (
        Busy,
        Evicted,
        LinkLost,
        Refused,
        TerminalError,
        Timeout,
        Unauthorised,
        UnexpectedReply,
    )
    from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp

__all__ = [
    "Busy",
    "Client",
    "EventsMissed",
    "Evicted",
    "LinkDown",
    "LinkEvicted",
    "LinkLost",
    "LinkRefused",
    "LinkUp",
    "NotPermitted",
    "Refused",
    "TerminalError",
    "Timeout",
    "Unauthorised",
    "UnexpectedReply",
    "connect",
    "keep_connected",
]

_ELSEWHERE = {
    "Client": "client.client",
    "EventsMissed": "client.events",
    "LinkDown": "reports",
    "LinkEvicted": "reports",
    "LinkRefused": "reports",
    "LinkUp": "reports",
    "NotPermitted": "client.permissions",
    "connect": "client.connect",
    "keep_connected": "client.keep",
}


def __getattr__(name: str) -> object:
    """Imports what programs use on first use: the appliance does not need the client."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_ELSEWHERE.get(name, 'errors')}")
    found: object = getattr(module, name)
    return found
