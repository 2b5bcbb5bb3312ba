"""The commands that only read, with parameters that disturb nobody."""

from collections.abc import Iterator
from typing import Any

from appliance.terminal.messages.base import Command
from appliance.terminal.messages.every import COMMANDS
from appliance.terminal.messages.newer import sureness

LEFT_OUT = {
    "getAudioReceivingLevel": "needs a participant",
    "getAvailableServersList": "makes the terminal search the network",
    "getChatLastMessages": "reads what people wrote",
    "getContactDetails": "makes the terminal ask its server about somebody",
    "getFileInfo": "needs a file",
    "getFileRequestInfo": "needs a file",
    "getTokenForHttpServer": "makes a token",
    "getTrueConfRoomProKey": "reads the licence's key",
}
"""Commands that read and are not asked all the same, and why."""

_PARAMETERS: dict[str, dict[str, Any]] = {
    "getCallHistory": {"count": 20},
    "getLastUsedServersList": {"count": 5},
}
_OF_OURSELVES = {"getDisplayNameById": "peer_id"}  # asked about the terminal itself


def reads(peer_id: str) -> Iterator[Command]:
    """Yields a command of each kind that only reads: those of every terminal first, then what newer ones add.

    `peer_id`: the terminal's own id; empty while nobody is logged in.
    """
    methods = sorted(COMMANDS, key=lambda method: (sureness.of_command(method) is not None, method))
    for method in methods:
        if not method.startswith("get") or method in LEFT_OUT:
            continue
        about = {_OF_OURSELVES[method]: peer_id} if method in _OF_OURSELVES else {}
        kind = COMMANDS[method]
        parameters = {**_PARAMETERS.get(method, {}), **about}
        if peer_id or not about:
            yield kind(**parameters)
