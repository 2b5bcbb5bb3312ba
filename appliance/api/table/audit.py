"""The audit: who did what."""

from typing import Annotated, Final

import msgspec

from appliance.api.noted import MOST, Deeds
from appliance.api.table.operation import Header, Operation, maintains

OPERATIONS: Final[tuple[Operation, ...]] = (
    maintains(
        name="getAudit",
        path="/audit",
        summary="Who did what, the newest first",
        answers=Deeds,
        query=(Header("count", "How many.", Annotated[int, msgspec.Meta(ge=1, le=MOST)]),),
    ),
)
