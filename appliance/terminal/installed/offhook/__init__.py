"""For programs: `appliance.terminal` under the name of the distribution, the very same objects.

from offhook import connect, LinkLost, enums, blocking
"""

from appliance.terminal import (
    Busy,
    Client,
    EventsMissed,
    Evicted,
    LinkDown,
    LinkEvicted,
    LinkLost,
    LinkRefused,
    LinkUp,
    NotPermitted,
    Refused,
    TerminalError,
    Timeout,
    Unauthorised,
    UnexpectedReply,
    blocking,
    connect,
    enums,
    keep_connected,
)

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
    "blocking",
    "connect",
    "enums",
    "keep_connected",
]
