"""The status page of a running appliance: a page for people, the room as JSON, and its health for monitoring."""

import functools
from collections.abc import Callable
from typing import Any

import jinja2
import msgspec
import trio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.room import hold
from appliance.room.state import LinkPhase, Phase, RoomState
from appliance.runtime.web.answers import json_answer, web_app
from appliance.runtime.web.assets import asset_route

PHASES = {
    Phase.UNKNOWN: "Not known",
    Phase.OFFLINE: "The terminal is not connected to a server",
    Phase.CONNECTING: "The terminal is connecting to its server",
    Phase.LOGIN_NEEDED: "Somebody has to log in at the terminal",
    Phase.IDLE: "Free",
    Phase.WAITING: "A call is being set up",
    Phase.CALLING: "Calling",
    Phase.RINGING: "Somebody is calling",
    Phase.IN_CALL: "In a call",
    Phase.CLOSING: "The call is ending",
}

LINKS = {
    LinkPhase.STARTING: "Starting",
    LinkPhase.DOWN: "No answer from the terminal",
    LinkPhase.REFUSED: "The terminal refuses our credentials",
    LinkPhase.EVICTED: "Another controller has taken over",
    LinkPhase.UP: "Connected to the terminal",
}


def status_app(state: Callable[[], RoomState]) -> Starlette:
    """`GET /` the page, `/state` the room as JSON, `/health` for monitoring (503 while the link is not up)."""

    async def page(_request: Request) -> Response:
        return HTMLResponse(_template().render(rows=rows(state(), trio.current_time()), well=_well(state())))

    async def whole_state(_request: Request) -> Response:
        return json_answer(state_json(state()))

    async def health(_request: Request) -> Response:
        return json_answer(health_json(state()), 200 if _well(state()) else 503)

    routes = [Route("/", page), Route("/state", whole_state), Route("/health", health)]
    return web_app([*routes, asset_route("appliance.panel")])


def state_json(state: RoomState) -> dict[str, Any]:
    """Every field of the room; `now` is the monotonic clock (seconds) that `since` and `until` are told by."""
    fields: dict[str, Any] = msgspec.to_builtins(state)
    return {"now": trio.current_time(), **fields}


def health_json(state: RoomState) -> dict[str, Any]:
    """`ok` as long as the room can be used; `offline` names services whose hardware is missing."""
    return {
        "ok": _well(state),
        "link": state.link.phase,
        "reason": state.link.reason,
        "offline": sorted(state.offline),
    }


def rows(state: RoomState, now: float) -> list[tuple[str, str]]:
    """The lines of the page, label and value; a dash stands for what is not known."""
    return [
        ("Link", LINKS[state.link.phase] + (f": {state.link.reason}" if state.link.reason else "")),
        ("Room", "In a call, on hold" if hold.confirmed(state) else PHASES[state.phase]),
        ("With", _with_whom(state)),
        ("For", _how_long(state, now)),
        ("Microphone", _microphone(state)),
        ("Loudspeaker", _muted(state.audio_muted)),
        ("Camera", _muted(state.video_muted)),
        ("Volume", "–" if state.volume is None else f"{state.volume:.0%}"),
        ("Logged in as", state.me.label if state.me else "–"),
        ("Not working", ", ".join(sorted(state.offline)) or "Nothing"),
    ]


def _well(state: RoomState) -> bool:
    return state.link.phase is LinkPhase.UP


def _with_whom(state: RoomState) -> str:
    conversation = state.conversation
    if conversation is None:
        return "–"
    return conversation.title or (conversation.peer.label if conversation.peer else "") or "–"


def _how_long(state: RoomState, now: float) -> str:
    if state.conversation is None or state.conversation.since is None:
        return "–"
    minutes, seconds = divmod(max(0, int(now - state.conversation.since)), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _muted(muted: bool | None) -> str:  # noqa: FBT001  # the field as it stands in the state
    return {None: "–", True: "Muted", False: "On"}[muted]


def _microphone(state: RoomState) -> str:
    locked = ", ".join(sorted(state.mute_locks))
    return _muted(state.mic_muted) + (f"; kept muted by {locked}" if locked else "")


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("appliance.panel")
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False).get_template("status.html")
