"""The control interface of a TrueConf Room terminal: typed messages, one session, a link that keeps it alive.

`from appliance.terminal import connect` is a client of the whole interface for programs of one's own.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appliance.terminal.client.connect import connect

__all__ = ["connect"]


def __getattr__(name: str) -> object:
    """Imports the client on first use: the appliance does not need it."""
    if name == "connect":
        from appliance.terminal.client.connect import connect  # noqa: PLC0415  # see above

        return connect
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
