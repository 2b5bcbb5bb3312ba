"""Data that clients keep in the terminal under names, and the properties of its server."""

from typing import TYPE_CHECKING

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.parameters import STRING, TEXT, one_of
from appliance.simulator.model.table import Fields, Request, Table, asking, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

LIMIT = 1024 * 1024  # characters in all containers together
REPLACE, BEFORE, AFTER = "def", "beg", "ate"


class Containers:
    """The containers by name; they survive a restart."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._kept: dict[str, str] = {}

    def save(self, name: str, data: str, how: str) -> None:
        """Replaces what is there, or puts `data` before or after it."""
        before = self._kept.get(name, "")
        after = {REPLACE: data, BEFORE: data + before, AFTER: before + data}[how]
        if sum(map(len, self._kept.values())) - len(before) + len(after) > LIMIT:
            raise Refused(f"wrong parameter: data: all containers hold at most {LIMIT} characters")
        self._kept[name] = after
        self._terminal.emit("dataSaved", containerName=name, data=data, flag=how)

    def load(self, name: str) -> str:
        """What is there."""
        if name not in self._kept:
            raise Refused(errors.UNKNOWN_CONTAINER)
        return self._kept[name]

    def delete(self, name: str) -> None:
        """Forgets a container."""
        self.load(name)
        del self._kept[name]
        self._terminal.emit("dataDeleted", containerName=name)


class Properties:
    """Properties that the server gives the terminal."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._values = dict(terminal.options.properties)

    def describe(self) -> Fields:
        """The fields of the reply to `getProperties`."""
        return {"properties": [{"name": name, "value": value} for name, value in self._values.items()]}

    def update(self, name: str, value: str) -> None:
        """The server sets one."""
        self._values[name] = value
        self._terminal.emit("propertiesUpdated", **self.describe())


def _save(terminal: "Terminal", request: Request) -> None:
    terminal.containers.save(request["containerName"], request["data"], request.get("flags", REPLACE))


def _load(terminal: "Terminal", request: Request) -> Fields:
    return {"data": terminal.containers.load(request["containerName"]), "containerName": request["containerName"]}


_NAME = {"containerName": TEXT}

CONTAINERS: Table = {
    "saveData": given(
        _save, {**_NAME, "data": STRING}, takes={"flags": one_of(REPLACE, BEFORE, AFTER)}, events=("dataSaved",)
    ),
    "loadData": given(_load, _NAME),
    "deleteData": given(
        lambda terminal, request: terminal.containers.delete(request["containerName"]), _NAME, events=("dataDeleted",)
    ),
    "getProperties": asking(lambda terminal: terminal.properties.describe()),
}
