"""The operations of the interface, in one table: the server's routes and the document that describes it are made of it.

So that neither can say what the other does not do, an operation has here its path, who may use it, which headers and
body it takes, what it answers, and which refusals of its own it has (`PROBLEMS` are everybody's).
"""

from typing import Annotated, Any, Final, Literal

import msgspec

from appliance.access.roles import Role
from appliance.api.able import Able, Answered
from appliance.api.about import About
from appliance.api.asks import KEYS, Ask, Done, Forms
from appliance.api.devices import Devices
from appliance.api.file import APPLYING, IF_MATCH, ConfigurationText, ConfigurationVersions, Ended, Mark, OnTrial
from appliance.api.following.stream import KINDS
from appliance.api.health import Health
from appliance.api.looked import Seen
from appliance.api.noted import MOST, Deeds
from appliance.api.settings import SettingsAsk, SettingsDone, TerminalSettings
from appliance.api.tried import Tried, Try, TryParts
from appliance.maintain.editing import Source
from appliance.maintain.machine import LARGEST
from appliance.maintain.wishes import Backup, Encoded, Reboot, Renewal, Reset, Restart
from appliance.panel.maintenance.sent import PASSPHRASE
from appliance.runtime.web.uploads import FILE

JSON: Final = "application/json"
KEEPING: Final = 200.0  # seconds: the box itself gives up on a backup after 180
SENDING: Final = 500.0  # seconds: a restore is sent in 300 at most


class Header(msgspec.Struct, frozen=True):
    """A header, or a parameter of the query, that an operation takes; it may be left out unless it is required."""

    name: str
    about: str
    kind: Any = str
    required: bool = False


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked. `name`: in the document, and of who answers it; `path`: below the interface's own.

    `role`: who may; None: everybody. `answers`: the type of the answer, None where it is text, `bytes` of a file.
    `asks`: of the body, and `takes` its media type. `media_types`: of the answer. `within`: seconds for which a client
    waits; None: as for most. `refuses`: further statuses, and what each means.
    """

    name: str
    path: str
    summary: str
    about: str = ""
    method: Literal["GET", "POST", "PUT", "PATCH"] = "GET"
    role: Role | None = Role.VIEW
    media_types: tuple[str, ...] = (JSON,)
    answers: Any = None
    asks: Any = None
    takes: str = JSON
    within: float | None = None
    headers: tuple[Header, ...] = ()
    query: tuple[Header, ...] = ()
    refuses: dict[int, str] = {}


PROBLEMS: Final[dict[int, str]] = {
    400: "The request cannot be read: a header or the body is not what is described here.",
    401: "Nobody is known by this request, or its token is not known here or over.",
    403: "Whoever sends this has a lesser role, or it comes from a page of another site.",
    406: "The form that `Accept` wants is not one that there is.",
    421: "`Host` is neither an address nor a name of this box.",
    503: "Too many at once; `Retry-After` says when to try again.",
}
"""What each operation may refuse, by its status."""

BODY: Final[dict[int, str]] = {
    408: "The body did not arrive in time.",
    413: "The body is too large.",
    415: "`Content-Type` is not what is described here.",
}
"""What each that takes a body may refuse besides."""

_DEED: Final = {
    408: BODY[408],
    409: "It is not done, and `detail` says why.",
    413: BODY[413],
}
"""What a deed without words may refuse."""

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
    Operation(
        name="getParts",
        path="/parts",
        summary="The parts of the room that can be tried, and in which ways",
        role=Role.MAINTAIN,
        answers=TryParts,
    ),
    Operation(
        name="postTry",
        method="POST",
        path="/parts",
        summary="Try a part: a lamp blinks, a relay pulses, a camera moves and goes back",
        about=(
            "It begins at once and ends by itself, and the part shows the room again. The answer comes as soon as the "
            "part has confirmed it, after five seconds at the latest. It is 200 whatever becomes of it: `outcome` says "
            "that."
        ),
        role=Role.MAINTAIN,
        asks=Try,
        answers=Tried,
        refuses={
            **BODY,
            404: "There is no such part, or no such way to try it.",
        },
    ),
    Operation(
        name="getConfiguration",
        path="/configuration",
        summary="The configuration in force, without its secrets",
        about="The tables of room.toml by their names, defaults included.",
        role=Role.MAINTAIN,
        answers=dict[str, Any],
    ),
    Operation(
        name="putConfiguration",
        method="PUT",
        path="/configuration",
        summary="Put another configuration in force, on trial",
        about=(
            "It is checked as `offhook check` does and takes the place of the file with the mark that `If-Match` says. "
            "Unless it is kept within `seconds`, the former one returns by itself, whatever became of the network. "
            "`[ssh]`, `[update]` and `[fleet]` are not changed here."
        ),
        role=Role.MAINTAIN,
        asks=ConfigurationText,
        answers=OnTrial,
        headers=(
            Header(IF_MATCH, "The `mark` of GET /configuration/file, which this is made upon.", Mark, required=True),
        ),
        within=APPLYING,
        refuses={
            **BODY,
            409: (
                "Somebody else has changed the file meanwhile, which `detail` then shows as a unified diff from what "
                "was sent; or another one is on trial; or this box takes no change from here, and `detail` says why."
            ),
            422: "The text has mistakes: `detail` has one in each line, with its line, key and what was expected.",
        },
    ),
    Operation(
        name="getConfigurationFile",
        path="/configuration/file",
        summary="The file that says how the room is, and whether it is on trial",
        about="With `(kept)` for each secret.",
        role=Role.MAINTAIN,
        answers=Source,
        refuses={409: "Too much is looked at just now."},
    ),
    Operation(
        name="keepConfiguration",
        method="POST",
        path="/configuration/keep",
        summary="Keep the configuration that is on trial",
        about="That can be done only while the link to the terminal is there, or was not there before it either.",
        role=Role.MAINTAIN,
        answers=Ended,
        refuses=_DEED,
    ),
    Operation(
        name="returnConfiguration",
        method="POST",
        path="/configuration/return",
        summary="Put the configuration before the trial in force again",
        role=Role.MAINTAIN,
        answers=Ended,
        refuses=_DEED,
    ),
    Operation(
        name="getConfigurationVersions",
        path="/configuration/versions",
        summary="The last configurations that were kept, the newest first",
        about="To go back to one, put its text in force; its secrets are those of the file.",
        role=Role.MAINTAIN,
        answers=ConfigurationVersions,
        refuses={409: "Too much is looked at just now."},
    ),
    Operation(
        name="getTerminalSettings",
        path="/terminal/settings",
        summary="The settings of the room's terminal that concern a room",
        about="The terminal is asked, unless it has told all of them within the last two seconds.",
        role=Role.MAINTAIN,
        answers=TerminalSettings,
    ),
    Operation(
        name="patchTerminalSettings",
        method="PATCH",
        path="/terminal/settings",
        summary="Change settings of the room's terminal",
        about=(
            "Each is asked of the terminal for itself, and the answer waits for a moment until the terminal confirms. "
            "It is 200 whatever becomes of them: `outcome` says that of each."
        ),
        role=Role.MAINTAIN,
        asks=SettingsAsk,
        answers=SettingsDone,
        refuses={**BODY, 429: "Too many changes at once."},
    ),
    Operation(
        name="getAudit",
        path="/audit",
        summary="Who did what, the newest first",
        role=Role.MAINTAIN,
        answers=Deeds,
        query=(Header("count", "How many.", Annotated[int, msgspec.Meta(ge=1, le=MOST)]),),
    ),
    Operation(
        name="getMachine",
        path="/machine",
        summary="What can be done with the machine, and which version it has",
        role=Role.MAINTAIN,
        answers=Able,
    ),
    Operation(
        name="restartMachine",
        method="POST",
        path="/machine/restart",
        summary="Restart the firmware",
        about="As soon as nobody is in a call, or `now`. A call goes on at the terminal.",
        role=Role.MAINTAIN,
        asks=Restart,
        answers=Answered,
        refuses=BODY,
    ),
    Operation(
        name="rebootMachine",
        method="POST",
        path="/machine/reboot",
        summary="Restart the machine",
        role=Role.MAINTAIN,
        asks=Reboot,
        answers=Answered,
        refuses=BODY,
    ),
    Operation(
        name="updateMachine",
        method="POST",
        path="/machine/update",
        summary="Look for a new version, or install it",
        about="The answer does not wait for it: `getMachine` says how far it is.",
        role=Role.MAINTAIN,
        asks=Renewal,
        answers=Answered,
        refuses=BODY,
    ),
    Operation(
        name="backUpMachine",
        method="POST",
        path="/machine/backup",
        summary="Make a backup and fetch it",
        role=Role.MAINTAIN,
        media_types=(FILE,),
        asks=Backup,
        answers=bytes,
        within=KEEPING,
        refuses={**BODY, 409: "There is no backup to be had; `detail` says why."},
    ),
    Operation(
        name="restoreMachine",
        method="POST",
        path="/machine/restore",
        summary="Make the box what a backup says",
        about=f"The body is the file as it was fetched, of at most {LARGEST} bytes.",
        role=Role.MAINTAIN,
        asks=bytes,
        takes=FILE,
        answers=Answered,
        within=SENDING,
        headers=(Header(PASSPHRASE, "What the file is encrypted under, as percent-encoded UTF-8.", Encoded),),
        query=(
            Header("sure", "Whoever asks knows what it does; otherwise the answer says so.", bool),
            Header("in_call", "Also while somebody is in a call.", bool),
        ),
        refuses={**BODY, 411: "`Content-Length` is missing."},
    ),
    Operation(
        name="resetMachine",
        method="POST",
        path="/machine/reset",
        summary="Make the box forget its room",
        role=Role.MAINTAIN,
        asks=Reset,
        answers=Answered,
        refuses=BODY,
    ),
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
"""All of them, in the order of the document."""
