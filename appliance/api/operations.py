"""The operations of the interface, in one table: the server's routes and the document that describes it are made of it.

So that neither can say what the other does not do, an operation has here its path, who may use it, which headers and
body it takes, what it answers, and which refusals of its own it has (`PROBLEMS` are everybody's).
"""

from typing import Final

from appliance.api.table import audit, box, configuration, machine, parts, room, terminal
from appliance.api.table.operation import Operation

OPERATIONS: Final[tuple[Operation, ...]] = (
    *room.OPERATIONS,
    *parts.OPERATIONS,
    *configuration.OPERATIONS,
    *terminal.OPERATIONS,
    *audit.OPERATIONS,
    *machine.OPERATIONS,
    *box.OPERATIONS,
)
"""All of them, in the order of the document."""
