"""One command of the interface: what it needs, who may use it, when, and what it does.

Each part of the terminal declares its own table, whose rules run on that part and see nothing else:
`SLIDES: Table[Slides]` holds rules that take the slide show. `commands.py` joins the tables into the one of the
whole terminal: `of` makes a rule for the terminal from a rule for a part and the way to that part. What a rule
declares besides `run` is checked before it runs (`dispatch.py`), and the reference in docs/simulator.md is
written from it.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from appliance.simulator.model.common.parameters import Kind
from appliance.simulator.model.common.session import Session
from appliance.terminal.messages.enums import AppState

Request = dict[str, Any]
Fields = dict[str, Any]
P = TypeVar("P")
Whole = TypeVar("Whole")

ANY = frozenset(AppState)
READY = frozenset({AppState.READY})
WAITING = frozenset({AppState.WAITING})
IN_CONFERENCE = frozenset({AppState.IN_CONFERENCE})
BUSY = WAITING | IN_CONFERENCE
NO_CALL = frozenset({AppState.OFFLINE, AppState.CONNECTING, AppState.LOGIN_NEEDED, AppState.READY})
CONNECTED = frozenset({AppState.LOGIN_NEEDED, AppState.READY})
LOGGED_IN = READY | BUSY
NO_CONFERENCE = ANY - {AppState.IN_CONFERENCE, AppState.CLOSING}


class Rule(msgspec.Struct, Generic[P], frozen=True):
    """A command on a part of the terminal.

    `run` returns the fields of its reply. `needs` and `takes` are its required and optional parameters by wire name.
    `events` are those that it causes if it succeeds, at once or later.
    """

    run: Callable[[P, Session, Request], Fields | None]
    needs: dict[str, Kind] = {}
    takes: dict[str, Kind] = {}
    states: frozenset[AppState] = ANY
    admin: bool = False
    open: bool = False  # allowed before authorisation, too
    events: tuple[str, ...] = ()


Table = dict[str, Rule[P]]


def asking(describe: Callable[[P], Fields], *, admin: bool = False) -> Rule[P]:
    """Returns a command that only asks."""
    return Rule(lambda part, _session, _request: describe(part), admin=admin)


def doing(
    act: Callable[[P], None],
    states: frozenset[AppState] = ANY,
    *,
    admin: bool = False,
    events: tuple[str, ...] = (),
) -> Rule[P]:
    """Returns a command without parameters that does something."""

    def run(part: P, _session: Session, _request: Request) -> None:
        act(part)

    return Rule(run, states=states, admin=admin, events=events)


def given(
    act: Callable[[P, Request], Fields | None],
    needs: dict[str, Kind],
    *,
    takes: dict[str, Kind] | None = None,
    states: frozenset[AppState] = ANY,
    admin: bool = False,
    events: tuple[str, ...] = (),
) -> Rule[P]:
    """Returns a command whose parameters say what it does."""

    def run(part: P, _session: Session, request: Request) -> Fields | None:
        return act(part, request)

    return Rule(run, needs=needs, takes=takes or {}, states=states, admin=admin, events=events)


def of(part: Callable[[Whole], P], table: Table[P]) -> Table[Whole]:
    """Returns the rules of a part as rules of the whole that has this part."""
    return {name: _lifted(part, rule) for name, rule in table.items()}


def _lifted(part: Callable[[Whole], P], rule: Rule[P]) -> Rule[Whole]:
    run = rule.run

    def run_on_whole(whole: Whole, session: Session, request: Request) -> Fields | None:
        return run(part(whole), session, request)

    return Rule(run_on_whole, rule.needs, rule.takes, rule.states, rule.admin, rule.open, rule.events)
