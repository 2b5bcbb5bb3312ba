"""Why there is no session with the terminal, as causes: the sentences for people are the application's."""

from enum import StrEnum

import msgspec


class Cause(StrEnum):
    """What ended or prevented a session."""

    NO_ANSWER = "no_answer"  # `where` does not answer
    NOT_LISTENING = "not_listening"  # the host answers, and nothing listens on the port of `where`
    NO_ROUTE = "no_route"  # no route through the network to `where`
    UNKNOWN_NAME = "unknown_name"  # the name in `where` is not found
    NO_WEBSOCKET = "no_websocket"  # something else answers at `where`; `detail`: with this HTTP status
    SYSTEM = "system"  # `detail`: what the system says about `where`
    BROKE = "broke"
    CLOSED = "closed"  # by the terminal
    SILENT = "silent"  # connected, and nothing arrives any more
    TOO_LONG = "too_long"  # a frame
    TOO_MANY = "too_many"  # events
    NOT_ACCEPTED = "not_accepted"  # commands
    REFUSED = "refused"  # what must be read first; `detail`: what the terminal said
    UNREADABLE = "unreadable"  # what must be read first
    EVICTED = "evicted"
    ENDED = "ended"  # by us
    FAILED = "failed"  # a bug of ours, or a cause without a name


class Loss(msgspec.Struct, frozen=True):
    """A cause with its details: `where` is HOST:PORT, `detail` a text or a number from outside."""

    cause: Cause
    where: str = ""
    detail: str = ""
