"""The room: how it is, what happens in it, what may be asked of it, and its devices."""

from typing import Annotated, Final

import msgspec

from appliance.access.roles import Role
from appliance.api.asks import KEYS, Ask, Done, Forms
from appliance.api.devices import Devices
from appliance.api.following.stream import KINDS
from appliance.api.health import Health
from appliance.api.looked import Seen
from appliance.api.table.operation import BODY, Header, Operation

OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="getView",
        path="/view",
        summary="The room as panels are shown it",
        about="With the role `touch` or more it has also whom to call, and what is written in a call.",
        answers=Seen,
        headers=(
            Header("If-None-Match", "The `ETag` of the view that the program has; 304 where it is still so.", str),
        ),
        refuses={304: "The view is the one that the program has."},
    ),
    Operation(
        name="getEvents",
        path="/events",
        summary="The room as it changes, and what happens in it",
        about=(
            "Server-sent events, or the same over a WebSocket at this path, each item a JSON message with `event`, "
            "`id` and `data`. It goes on until the client leaves. The kinds of items: "
            + "; ".join(f"`{kind}`: {what}" for kind, what in KINDS.items())
            + "."
        ),
        media_types=("text/event-stream",),
        headers=(Header("Last-Event-ID", "The id of the last item that the program has; or `after` in the query."),),
    ),
    Operation(
        name="getActions",
        path="/actions",
        summary="What may be asked of the room",
        about="Every form of the grammar that buttons have, and which of them the caller may ask.",
        answers=Forms,
    ),
    Operation(
        name="postAction",
        method="POST",
        path="/actions",
        summary="Ask something of the room",
        about=(
            "The room is asked at once, and the answer waits for a moment until the terminal confirms. It is 200 "
            "whatever the room makes of it: `outcome` says that."
        ),
        role=Role.TOUCH,
        asks=Ask,
        answers=Done,
        headers=(
            Header(
                "Idempotency-Key",
                "A key of the program's own, by which it may send the same again: the room is asked once.",
                Annotated[str, msgspec.Meta(pattern=KEYS)],
            ),
        ),
        refuses={**BODY, 409: "Something else was asked with this key.", 429: "Too many actions at once."},
    ),
    Operation(
        name="getHealth",
        path="/health",
        summary="The link and every service, with since when and why",
        about="The answer is 200 whatever it says; monitoring that goes by the status asks for `/health` of the pages.",
        answers=Health,
    ),
    Operation(
        name="getMetrics",
        path="/metrics",
        summary="The room's figures, for Prometheus",
        about="As `[metrics]` serves them, whether that is there or not.",
        media_types=("text/plain", "application/openmetrics-text"),
    ),
    Operation(
        name="getDevices",
        path="/devices",
        summary="The devices that room.toml names, whether they are there and work, and what hardware there is",
        about="What is plugged in and not named by room.toml is in `hardware`, which is looked at every ten seconds.",
        answers=Devices,
    ),
)
