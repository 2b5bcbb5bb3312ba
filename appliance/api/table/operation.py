"""What describes an operation of the interface, and what every one of them may refuse."""

from functools import partial
from typing import Any, Final, Literal

import msgspec

from appliance.access.roles import Role

JSON: Final = "application/json"


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


maintains: Final = partial(Operation, role=Role.MAINTAIN)
"""An operation for whoever maintains the room."""

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

UNKNOWN: Final[dict[int, str]] = {504: "The box's helper has not answered: it is not known whether this was done."}
"""What each that asks the helper for a change may answer besides."""

DEED: Final[dict[int, str]] = {
    408: BODY[408],
    409: "It is not done, and `detail` says why.",
    413: BODY[413],
    **UNKNOWN,
}
"""What a deed without words may refuse."""
