"""Data that clients store in the terminal by name, and the properties that its server gives it."""

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import STRING, TEXT, one_of
from appliance.simulator.model.common.table import Fields, Request, Table, asking, given

LIMIT = 1024 * 1024  # characters in all containers together
REPLACE, BEFORE, AFTER = "def", "beg", "ate"


class Containers:
    """The containers by name; they survive a restart."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._kept: dict[str, str] = {}

    def save(self, name: str, data: str, how: str) -> None:
        """Replaces what the container holds, or adds `data` before or after it."""
        before = self._kept.get(name, "")
        after = {REPLACE: data, BEFORE: data + before, AFTER: before + data}[how]
        if sum(map(len, self._kept.values())) - len(before) + len(after) > LIMIT:
            raise Refused(f"wrong parameter: data: all containers hold at most {LIMIT} characters")
        self._kept[name] = after
        self._emit("dataSaved", containerName=name, data=data, flag=how)

    def load(self, name: str) -> str:
        """Returns what the container holds."""
        if name not in self._kept:
            raise Refused(errors.UNKNOWN_CONTAINER)
        return self._kept[name]

    def delete(self, name: str) -> None:
        """Deletes a container."""
        self.load(name)
        del self._kept[name]
        self._emit("dataDeleted", containerName=name)


class Properties:
    """Properties that the server gives the terminal."""

    def __init__(self, values: dict[str, str], emit: Emit) -> None:
        self._emit = emit
        self._values = dict(values)

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getProperties`."""
        return {"properties": [{"name": name, "value": value} for name, value in self._values.items()]}

    def update(self, name: str, value: str) -> None:
        """Sets a property, as the server does."""
        self._values[name] = value
        self._emit("propertiesUpdated", **self.describe())


def _save(containers: Containers, request: Request) -> None:
    containers.save(request["containerName"], request["data"], request.get("flags", REPLACE))


def _load(containers: Containers, request: Request) -> Fields:
    return {"data": containers.load(request["containerName"]), "containerName": request["containerName"]}


_NAME = {"containerName": TEXT}

CONTAINERS: Table[Containers] = {
    "saveData": given(
        _save, {**_NAME, "data": STRING}, takes={"flags": one_of(REPLACE, BEFORE, AFTER)}, events=("dataSaved",)
    ),
    "loadData": given(_load, _NAME),
    "deleteData": given(
        lambda containers, request: containers.delete(request["containerName"]), _NAME, events=("dataDeleted",)
    ),
}

PROPERTIES: Table[Properties] = {"getProperties": asking(Properties.describe)}
