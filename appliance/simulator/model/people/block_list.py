"""The people who are blocked."""

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import TEXT
from appliance.simulator.model.common.table import LOGGED_IN, Table, asking, given
from appliance.simulator.model.people.directory import Directory


class BlockList:
    """People whose calls and messages do not get through."""

    def __init__(self, directory: Directory, emit: Emit) -> None:
        self._directory = directory
        self._emit = emit
        self._blocked: dict[str, None] = {}

    def __contains__(self, peer_id: str) -> bool:
        return peer_id in self._blocked

    def describe(self) -> list[dict[str, str]]:
        """Returns the blocked people as `getBanList` lists them."""
        return [self._directory.party(peer_id) for peer_id in self._blocked]

    def block(self, peer_id: str) -> dict[str, str]:
        """Blocks somebody; returns the fields of the reply."""
        party = self._directory.party(peer_id)
        if party["peerId"] in self._blocked:
            raise Refused(errors.ALREADY_BLOCKED)
        self._blocked[party["peerId"]] = None
        self._emit("contactBlocked", **party)
        return {"peerId": party["peerId"]}

    def unblock(self, peer_id: str) -> dict[str, str]:
        """Unblocks somebody; returns the fields of the reply."""
        party = self._directory.party(peer_id)
        if party["peerId"] not in self._blocked:
            raise Refused(errors.NOT_BLOCKED)
        del self._blocked[party["peerId"]]
        self._emit("contactUnblocked", **party, peedDn=party["peerDn"])  # the manual has both spellings
        return {"peerId": party["peerId"]}


_PEER = {"peerId": TEXT}

BLOCK_LIST: Table[BlockList] = {
    "getBanList": asking(lambda blocked: {"banList": blocked.describe()}),
    "block": given(
        lambda blocked, request: blocked.block(request["peerId"]), _PEER, states=LOGGED_IN, events=("contactBlocked",)
    ),
    "unblock": given(
        lambda blocked, request: blocked.unblock(request["peerId"]),
        _PEER,
        states=LOGGED_IN,
        events=("contactUnblocked",),
    ),
}
