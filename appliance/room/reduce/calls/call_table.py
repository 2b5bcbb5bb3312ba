"""The life of a call as one table: where the room is, what happened, where it is then.

The terminal is right: a transition that should not happen is followed all the same and reported as a surprise.
Source of the states and of the order of events: `appState` (getAppState, appStateChanged), inviteReceived,
inviteSent, inviteRequestSent, conferenceCreated, conferenceDeleted, rejectReceived, rejectSent, stopCalling; of newer
terminals myStateInWaitingRoomChanged.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from appliance.room.state import Phase
from appliance.terminal.messages.enums import AppState, RejectCause


class Occasion(StrEnum):
    """Kinds of things that can happen to a call."""

    APP_OFFLINE = "appState 0"
    APP_CONNECTING = "appState 1"
    APP_LOGIN_NEEDED = "appState 2"
    APP_READY = "appState 3"
    APP_WAITING = "appState 4"
    APP_IN_CONFERENCE = "appState 5"
    APP_CLOSING = "appState 6"
    APP_OTHER = "appState other"
    INVITED = "inviteReceived"
    INVITING = "inviteSent"
    ASKED_TO_JOIN = "inviteRequestSent"
    ESTABLISHED = "conferenceCreated"
    HELD_BACK = "into the waiting room"
    ADMITTED = "out of the waiting room"
    ENDED = "conferenceDeleted"
    REFUSED = "rejectReceived"
    LET_IN = "rejectReceived 6"  # JOIN_OK: the one cause that refuses nothing
    DECLINED = "rejectSent"
    GAVE_UP = "stopCalling"
    LINK_LOST = "link lost"


class Step(NamedTuple):
    """Where a transition leads, and whether the terminal should never have made it."""

    phase: Phase
    surprising: bool = False


# A column for each phase, a row for each occasion. `.` stays; `!` marks a surprise.
# appState 4 says neither who calls nor whom: the invitation tells, before or after it. An invitation during a call
# changes nothing here (the room remembers it beside the conversation).
_GRID = """
                   unknown       offline       connecting    login_needed  idle          waiting       calling       ringing       waiting_room  in_call       closing
APP_OFFLINE        offline       .             offline       offline       offline       offline       offline       offline       offline       offline       offline
APP_CONNECTING     connecting    connecting    .             connecting    connecting    connecting    connecting    connecting    connecting    connecting    connecting
APP_LOGIN_NEEDED   login_needed  login_needed  login_needed  .             login_needed  login_needed  login_needed  login_needed  login_needed  login_needed  login_needed
APP_READY          idle          idle!         idle          idle          .             idle          idle          idle          idle          idle          idle
APP_WAITING        waiting       waiting!      waiting!      waiting!      waiting       .             .             .             waiting!      waiting!      waiting
APP_IN_CONFERENCE  in_call       in_call!      in_call!      in_call!      in_call       in_call       in_call       in_call       .             .             in_call!
APP_CLOSING        closing       closing!      closing!      closing!      closing       closing       closing       closing       closing       closing       .
APP_OTHER          .!            unknown!      unknown!      unknown!      unknown!      unknown!      unknown!      unknown!      unknown!      unknown!      unknown!
INVITED            ringing!      ringing!      ringing!      ringing!      ringing       ringing       .             .             .             .             .
INVITING           calling!      calling!      calling!      calling!      calling       calling       .             calling!      .             .             calling!
ASKED_TO_JOIN      calling!      calling!      calling!      calling!      calling       calling       .             calling!      .             .             calling!
ESTABLISHED        in_call       in_call!      in_call!      in_call!      in_call       in_call       in_call       in_call       in_call       .             in_call!
HELD_BACK          waiting_room  waiting_room! waiting_room! waiting_room! waiting_room  waiting_room  waiting_room  waiting_room  .             waiting_room  waiting_room!
ADMITTED           .             .             .             .             .             .             .             .             in_call       .             .
ENDED              .             .             .             .             .             .!            .!            .!            idle          idle          idle
REFUSED            .             .             .             .             .             idle          idle          .!            .             .             .
LET_IN             .             .             .             .             .             .             .             .             .             .             .
DECLINED           .             .             .             .             .             idle          .             idle          .             .             .
GAVE_UP            .             .             .             .             .             idle          idle          idle          .             .             .
LINK_LOST          .             unknown       unknown       unknown       unknown       unknown       unknown       unknown       unknown       unknown       unknown
"""  # noqa: E501  # a table wider than the page reads better than a table that is cut


def _read(grid: str) -> dict[tuple[Phase, Occasion], Step]:
    head, *rows = (line.split() for line in grid.strip().splitlines())
    phases = [Phase(name) for name in head]
    return {
        (phase, Occasion[row[0]]): _step(phase, cell)
        for row in rows
        for phase, cell in zip(phases, row[1:], strict=True)
    }


def _step(phase: Phase, cell: str) -> Step:
    target = cell.removesuffix("!")
    return Step(phase if target == "." else Phase(target), cell.endswith("!"))


TABLE: Mapping[tuple[Phase, Occasion], Step] = _read(_GRID)

_APP_STATES: Mapping[int, Occasion] = {
    AppState.OFFLINE: Occasion.APP_OFFLINE,
    AppState.CONNECTING: Occasion.APP_CONNECTING,
    AppState.LOGIN_NEEDED: Occasion.APP_LOGIN_NEEDED,
    AppState.READY: Occasion.APP_READY,
    AppState.WAITING: Occasion.APP_WAITING,
    AppState.IN_CONFERENCE: Occasion.APP_IN_CONFERENCE,
    AppState.CLOSING: Occasion.APP_CLOSING,
}


def occasion_of_app_state(app_state: int) -> Occasion:
    """Returns what a number of `appState` means; unknown numbers are `APP_OTHER`."""
    return _APP_STATES.get(app_state, Occasion.APP_OTHER)


def occasion_of_refusal(cause: int) -> Occasion:
    """Returns what a cause of rejectReceived means: all end the calling, except that we were let in."""
    return Occasion.LET_IN if cause == RejectCause.JOIN_OK else Occasion.REFUSED


def diagram() -> str:
    """Returns the table as a Mermaid state diagram: every change of phase that is no surprise."""
    arrows: dict[tuple[Phase, Phase], list[str]] = {}
    for (phase, occasion), step in TABLE.items():
        if step.phase is not phase and not step.surprising:
            arrows.setdefault((phase, step.phase), []).append(occasion.value)
    lines = [f"    {source} --> {target}: {', '.join(labels)}" for (source, target), labels in arrows.items()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {Phase.UNKNOWN}", *lines, ""])
