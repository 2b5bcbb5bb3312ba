"""Groups of the address book, and the people who are blocked."""

from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.parameters import COUNT, TEXT
from appliance.simulator.model.table import LOGGED_IN, Fields, Request, Table, asking, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

FIRST_ID = 268_435_454  # of the first group; the next ones count down from it


class Group:
    """A group of people by the ids under which the server knows them."""

    def __init__(self, group_id: int, name: str) -> None:
        self.id = group_id
        self.name = name
        self.members: list[str] = []


class Groups:
    """The groups in the order in which they were made; ids are never used again."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._next_id = FIRST_ID
        self._groups: dict[int, Group] = {}

    def describe(self) -> list[dict[str, Any]]:
        """The groups as `getGroups` lists them."""
        return [{"id": g.id, "name": g.name, "peers": self._parties(g.members)} for g in self._groups.values()]

    def create(self, name: str) -> None:
        """A new group without members."""
        self._may_edit()
        group = Group(self._next_id, name)
        self._next_id -= 1
        self._groups[group.id] = group
        self._terminal.emit("groupsAdded", groups=[self._full(group)])

    def remove(self, group_id: int) -> None:
        """The group is gone; its members stay in the address book."""
        group = self._get(group_id)
        del self._groups[group_id]
        self._terminal.emit("groupsRemoved", groups=[self._full(group)])

    def rename(self, group_id: int, name: str) -> None:
        """Gives a group another name."""
        group = self._get(group_id)
        group.name = name
        self._terminal.emit("groupsRenamed", groups=[{"groupId": group.id, "name": name}])

    def put(self, group_id: int, peer_id: str) -> None:
        """Puts somebody into a group."""
        group, known_as = self._get(group_id), self._known_as(peer_id)
        if known_as in group.members:
            raise Refused(errors.ALREADY_IN_GROUP)
        group.members.append(known_as)
        self._terminal.emit(
            "usersAddedToGroups", addedUsers=[{"groupId": group.id, "users": self._parties([known_as])}]
        )

    def take(self, group_id: int, peer_id: str) -> None:
        """Takes somebody out of a group."""
        group, known_as = self._get(group_id), self._known_as(peer_id)
        if known_as not in group.members:
            raise Refused(errors.NOT_IN_GROUP)
        group.members.remove(known_as)
        removed = {"groupId": group.id, "users": self._parties([known_as])}
        self._terminal.emit("usersRemovedFromGroups", removedUsers=[removed])

    def _may_edit(self) -> None:
        self._terminal.tariff.require("canEditGroups")

    def _get(self, group_id: int) -> Group:
        self._may_edit()
        if group_id not in self._groups:
            raise Refused(errors.UNKNOWN_GROUP)
        return self._groups[group_id]

    def _known_as(self, peer_id: str) -> str:
        return self._terminal.directory.party(peer_id)["peerId"]

    def _parties(self, members: list[str]) -> list[dict[str, str]]:
        return [self._terminal.directory.party(peer_id) for peer_id in members]

    def _full(self, group: Group) -> dict[str, Any]:
        return {"groupId": group.id, "name": group.name, "users": self._parties(group.members)}


class BlockList:
    """People whose calls and messages do not get through."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._blocked: dict[str, None] = {}

    def __contains__(self, peer_id: str) -> bool:
        return peer_id in self._blocked

    def describe(self) -> list[dict[str, str]]:
        """The blocked people as `getBanList` lists them."""
        return [self._terminal.directory.party(peer_id) for peer_id in self._blocked]

    def block(self, peer_id: str) -> dict[str, str]:
        """Blocks somebody; the fields of the reply."""
        party = self._terminal.directory.party(peer_id)
        if party["peerId"] in self._blocked:
            raise Refused(errors.ALREADY_BLOCKED)
        self._blocked[party["peerId"]] = None
        self._terminal.emit("contactBlocked", **party)
        return {"peerId": party["peerId"]}

    def unblock(self, peer_id: str) -> dict[str, str]:
        """Lets somebody through again; the fields of the reply."""
        party = self._terminal.directory.party(peer_id)
        if party["peerId"] not in self._blocked:
            raise Refused(errors.NOT_BLOCKED)
        del self._blocked[party["peerId"]]
        self._terminal.emit("contactUnblocked", **party, peedDn=party["peerDn"])  # the manual has both spellings
        return {"peerId": party["peerId"]}


def _create(terminal: "Terminal", request: Request) -> None:
    terminal.groups.create(request["name"])


def _remove(terminal: "Terminal", request: Request) -> None:
    terminal.groups.remove(request["groupId"])


def _rename(terminal: "Terminal", request: Request) -> None:
    terminal.groups.rename(request["groupId"], request["newName"])


def _put(terminal: "Terminal", request: Request) -> None:
    terminal.groups.put(request["groupId"], request["peerId"])


def _take(terminal: "Terminal", request: Request) -> None:
    terminal.groups.take(request["groupId"], request["peerId"])


def _block(terminal: "Terminal", request: Request) -> Fields:
    return terminal.blocked.block(request["peerId"])


def _unblock(terminal: "Terminal", request: Request) -> Fields:
    return terminal.blocked.unblock(request["peerId"])


_GROUP = {"groupId": COUNT}
_PEER = {"peerId": TEXT}

GROUPS: Table = {
    "getGroups": asking(lambda terminal: {"groups": terminal.groups.describe()}),
    "createGroup": given(_create, {"name": TEXT}, states=LOGGED_IN, events=("groupsAdded",)),
    "removeGroup": given(_remove, _GROUP, states=LOGGED_IN, events=("groupsRemoved",)),
    "renameGroup": given(_rename, {**_GROUP, "newName": TEXT}, states=LOGGED_IN, events=("groupsRenamed",)),
    "addToGroup": given(_put, {**_GROUP, **_PEER}, states=LOGGED_IN, events=("usersAddedToGroups",)),
    "removeFromGroup": given(_take, {**_GROUP, **_PEER}, states=LOGGED_IN, events=("usersRemovedFromGroups",)),
    "getBanList": asking(lambda terminal: {"banList": terminal.blocked.describe()}),
    "block": given(_block, _PEER, states=LOGGED_IN, events=("contactBlocked",)),
    "unblock": given(_unblock, _PEER, states=LOGGED_IN, events=("contactUnblocked",)),
}
