"""The parts of the room, which can be tried."""

from typing import Final

from appliance.api.table.operation import BODY, Operation, maintains
from appliance.api.tried import Tried, Try, TryParts

OPERATIONS: Final[tuple[Operation, ...]] = (
    maintains(
        name="getParts",
        path="/parts",
        summary="The parts of the room that can be tried, and in which ways",
        answers=TryParts,
    ),
    maintains(
        name="postTry",
        method="POST",
        path="/parts",
        summary="Try a part: a lamp blinks, a relay pulses, a camera moves and goes back",
        about=(
            "It begins at once and ends by itself, and the part shows the room again. The answer comes as soon as the "
            "part has confirmed it, after five seconds at the latest. It is 200 whatever becomes of it: `outcome` says "
            "that."
        ),
        asks=Try,
        answers=Tried,
        refuses={
            **BODY,
            404: "There is no such part, or no such way to try it.",
        },
    ),
)
