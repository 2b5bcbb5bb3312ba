"""One command of the interface: what it needs, who may use it, when, and what it does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.simulator.model.machine.accounts import Session
from appliance.simulator.model.parameters import Kind
from appliance.terminal.messages.enums import AppState

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

Request = dict[str, Any]
Fields = dict[str, Any]
Run = Callable[["Terminal", Session, Request], Fields | None]

ANY = frozenset(AppState)
READY = frozenset({AppState.READY})
WAITING = frozenset({AppState.WAITING})
IN_CONFERENCE = frozenset({AppState.IN_CONFERENCE})
BUSY = WAITING | IN_CONFERENCE
NO_CALL = frozenset({AppState.OFFLINE, AppState.CONNECTING, AppState.LOGIN_NEEDED, AppState.READY})
CONNECTED = frozenset({AppState.LOGIN_NEEDED, AppState.READY})
LOGGED_IN = READY | BUSY
NO_CONFERENCE = ANY - {AppState.IN_CONFERENCE, AppState.CLOSING}


class Rule(msgspec.Struct, frozen=True):
    """A command: `run` gives the fields of its reply; `needs` and `takes` are its parameters by wire name.

    `events` are those that it causes where it succeeds, at once or later.
    """

    run: Run
    needs: dict[str, Kind] = {}
    takes: dict[str, Kind] = {}
    states: frozenset[AppState] = ANY
    admin: bool = False
    open: bool = False  # before authorisation, too
    events: tuple[str, ...] = ()


Table = dict[str, Rule]


def asking(describe: "Callable[[Terminal], Fields]", *, admin: bool = False) -> Rule:
    """A command that only asks."""
    return Rule(lambda terminal, _session, _request: describe(terminal), admin=admin)


def doing(
    act: "Callable[[Terminal], None]",
    states: frozenset[AppState] = ANY,
    *,
    admin: bool = False,
    events: tuple[str, ...] = (),
) -> Rule:
    """A command without parameters that does something."""

    def run(terminal: "Terminal", _session: Session, _request: Request) -> None:
        act(terminal)

    return Rule(run, states=states, admin=admin, events=events)


def given(
    act: "Callable[[Terminal, Request], Fields | None]",
    needs: dict[str, Kind],
    *,
    takes: dict[str, Kind] | None = None,
    states: frozenset[AppState] = ANY,
    admin: bool = False,
    events: tuple[str, ...] = (),
) -> Rule:
    """A command whose parameters say what it does."""

    def run(terminal: "Terminal", _session: Session, request: Request) -> Fields | None:
        return act(terminal, request)

    return Rule(run, needs=needs, takes=takes or {}, states=states, admin=admin, events=events)
