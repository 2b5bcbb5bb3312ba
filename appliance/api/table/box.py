"""The box itself: which it is, and the document of its interface."""

from typing import Any, Final

from appliance.api.about import About
from appliance.api.table.operation import Operation

OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(name="getVersion", path="/version", summary="Which box this is, and what it speaks", answers=About),
    Operation(
        name="getDocument",
        path="/openapi.json",
        summary="The document of this interface",
        about="It says nothing of this room.",
        role=None,
        answers=dict[str, Any],
    ),
)
