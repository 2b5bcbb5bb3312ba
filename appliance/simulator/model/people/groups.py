"""Groups of the address book."""

from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import COUNT, TEXT
from appliance.simulator.model.common.table import LOGGED_IN, Request, Table, asking, given
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.people.directory import Directory

FIRST_ID = 268_435_454  # of the first group; the next ones count down from it


class Group:
    """A group; `members` are the ids under which the server knows people."""

    def __init__(self, group_id: int, name: str) -> None:
        self.id = group_id
        self.name = name
        self.members: list[str] = []


class Groups:
    """The groups in the order in which they were created; an id is never used again."""

    def __init__(self, directory: Directory, tariff: Tariff, emit: Emit) -> None:
        self._directory = directory
        self._tariff = tariff
        self._emit = emit
        self._next_id = FIRST_ID
        self._groups: dict[int, Group] = {}

    def describe(self) -> list[dict[str, Any]]:
        """Returns the groups as `getGroups` lists them."""
        return [{"id": g.id, "name": g.name, "peers": self._parties(g.members)} for g in self._groups.values()]

    def create(self, name: str) -> None:
        """Creates a group without members."""
        self._may_edit()
        group = Group(self._next_id, name)
        self._next_id -= 1
        self._groups[group.id] = group
        self._emit("groupsAdded", groups=[self._full(group)])

    def remove(self, group_id: int) -> None:
        """Removes a group; its members stay in the address book."""
        group = self._get(group_id)
        del self._groups[group_id]
        self._emit("groupsRemoved", groups=[self._full(group)])

    def rename(self, group_id: int, name: str) -> None:
        """Renames a group."""
        group = self._get(group_id)
        group.name = name
        self._emit("groupsRenamed", groups=[{"groupId": group.id, "name": name}])

    def add(self, group_id: int, peer_id: str) -> None:
        """Adds somebody to a group."""
        group, known_as = self._get(group_id), self._known_as(peer_id)
        if known_as in group.members:
            raise Refused(errors.ALREADY_IN_GROUP)
        group.members.append(known_as)
        self._emit("usersAddedToGroups", addedUsers=[{"groupId": group.id, "users": self._parties([known_as])}])

    def discard(self, group_id: int, peer_id: str) -> None:
        """Removes somebody from a group."""
        group, known_as = self._get(group_id), self._known_as(peer_id)
        if known_as not in group.members:
            raise Refused(errors.NOT_IN_GROUP)
        group.members.remove(known_as)
        removed = {"groupId": group.id, "users": self._parties([known_as])}
        self._emit("usersRemovedFromGroups", removedUsers=[removed])

    def _may_edit(self) -> None:
        self._tariff.require("canEditGroups")

    def _get(self, group_id: int) -> Group:
        self._may_edit()
        if group_id not in self._groups:
            raise Refused(errors.UNKNOWN_GROUP)
        return self._groups[group_id]

    def _known_as(self, peer_id: str) -> str:
        return self._directory.party(peer_id)["peerId"]

    def _parties(self, members: list[str]) -> list[dict[str, str]]:
        return [self._directory.party(peer_id) for peer_id in members]

    def _full(self, group: Group) -> dict[str, Any]:
        return {"groupId": group.id, "name": group.name, "users": self._parties(group.members)}


def _create(groups: Groups, request: Request) -> None:
    groups.create(request["name"])


def _remove(groups: Groups, request: Request) -> None:
    groups.remove(request["groupId"])


def _rename(groups: Groups, request: Request) -> None:
    groups.rename(request["groupId"], request["newName"])


def _add(groups: Groups, request: Request) -> None:
    groups.add(request["groupId"], request["peerId"])


def _discard(groups: Groups, request: Request) -> None:
    groups.discard(request["groupId"], request["peerId"])


_GROUP = {"groupId": COUNT}
_PEER = {"peerId": TEXT}

GROUPS: Table[Groups] = {
    "getGroups": asking(lambda groups: {"groups": groups.describe()}),
    "createGroup": given(_create, {"name": TEXT}, states=LOGGED_IN, events=("groupsAdded",)),
    "removeGroup": given(_remove, _GROUP, states=LOGGED_IN, events=("groupsRemoved",)),
    "renameGroup": given(_rename, {**_GROUP, "newName": TEXT}, states=LOGGED_IN, events=("groupsRenamed",)),
    "addToGroup": given(_add, {**_GROUP, **_PEER}, states=LOGGED_IN, events=("usersAddedToGroups",)),
    "removeFromGroup": given(_discard, {**_GROUP, **_PEER}, states=LOGGED_IN, events=("usersRemovedFromGroups",)),
}
