"""The status page of a running appliance: a page for people, the room as JSON, and its health for monitoring."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import jinja2
import msgspec
import trio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from appliance.access.gate import Gate
from appliance.access.roles import Role
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.text import Text, verbatim
from appliance.panel import meetings
from appliance.panel.login.needs import needs, page_needs
from appliance.panel.programs import Programs, span, tables
from appliance.panel.words import LINKS, PHASES, refused
from appliance.room import hold, pin
from appliance.room.decide.requests import open_request
from appliance.room.parts.call import Muted
from appliance.room.parts.link import LinkPhase
from appliance.room.people.book import Book
from appliance.room.secret import Secret
from appliance.room.show.devices import device
from appliance.room.state import RoomState
from appliance.room.texts import PIN_WILL_CHANGE, call_over, wish
from appliance.room.update import Update, UpdatePhase
from appliance.runtime.web.answers import json_answer, web_app

OPEN: Final = Gate()
MOST_MISTAKES: Final = 10
"""Mistakes of a configuration that are shown; `offhook check` has them all."""
_UNKNOWN = Text("unknown")
_VERSIONS = {
    UpdatePhase.OFFERED: "panel.version_offered",
    UpdatePhase.INSTALLING: "panel.version_installing",
    UpdatePhase.RESTART: "panel.version_restart",
    UpdatePhase.TRIAL: "panel.version_trial",
}


def status_app(
    state: Callable[[], RoomState],
    language: Language = ENGLISH,
    *,
    more: Sequence[BaseRoute] = (),
    received: Callable[[], Mapping[str, object]] = dict,
    programs: Callable[[], Programs] = Programs,
    says: Callable[[], Sequence[str]] = tuple,
    reasons: Callable[[], Mapping[str, str]] = dict,
    gate: Gate = OPEN,
    mistakes: Callable[[], Sequence[str]] = tuple,
) -> Starlette:
    """`GET /` the page, `/state` the room as JSON, `/health` for monitoring (503 while the link is not up).

    `more`: other pages. `received`: what came from the terminal so far. `programs`: those that share the terminal's
    session. `says`: what the display says. `reasons`: why services do not work, by their names. `gate`: who may look,
    all but at the health. `mistakes`: of a configuration that was not taken, a line each.
    """
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(_request: Request) -> Response:
        now = trio.current_time()
        return HTMLResponse(
            _template().render(
                rows=[*rows(state(), now, language), *_on_display(says(), language), *_refused(mistakes(), language)],
                tables=tables(programs(), now, language),
                well=_well(state()),
                language=language.code,
                words=lambda key: language.say(Text(key)),
            )
        )

    async def whole_state(_request: Request) -> Response:
        return json_answer(state_json(state(), language))

    async def health(_request: Request) -> Response:
        told = health_json(state(), received(), language, reasons(), mistakes())
        return json_answer(told, 200 if _well(state()) else 503)

    looking = {"/": page_needs(gate, Role.VIEW, page), "/state": needs(gate, Role.VIEW, whole_state)}
    routes = [*(Route(path, answers) for path, answers in looking.items()), Route("/health", health)]
    return web_app([*routes, *more])


def state_json(state: RoomState, language: Language = ENGLISH) -> dict[str, Any]:
    """Every field of the room; `now` is the monotonic clock (seconds) that `since` and `until` are told by.

    Of a password that is being typed it says how many characters it has so far.
    """
    fields: dict[str, Any] = msgspec.to_builtins(state, enc_hook=lambda value: _json(value, language))
    return {"now": trio.current_time(), **fields}


def _json(value: object, language: Language) -> object:
    """Returns a text in its language, an address book as its people, and of a password only how long it is."""
    if isinstance(value, Book):
        return tuple(value)
    return len(value) if isinstance(value, Secret) else language.json(value)


def health_json(
    state: RoomState,
    received: Mapping[str, object],
    language: Language = ENGLISH,
    reasons: Mapping[str, str] = MappingProxyType({}),
    mistakes: Sequence[str] = (),
) -> dict[str, Any]:
    """`ok` as long as the room can be used; `offline` names services that do not work, `reasons` says why.

    `warnings`: what will stop the room later, in words.
    `terminal_com_port`: the serial port on which the terminal itself drives a camera; empty where it does not.
    `received` counts what came from the terminal since the start, and what of it could not be read; `too_many` in it
    names lists that were cut, and how many of their entries were left out.
    `configuration`: why the file that was to be taken last was not, in words; empty where it was. `mistakes` are those
    of it, a line each.
    """
    return {
        "ok": _well(state),
        "link": state.link.phase,
        "reason": language.say(state.link.reason),
        "offline": sorted(state.offline),
        "reasons": dict(reasons),
        "received": dict(received),
        "terminal_com_port": state.com_port,
        "warnings": [language.say(PIN_WILL_CHANGE)] if pin.will_change(state) else [],
        "update": _update_json(state.update, language),
        "configuration": {"refused": language.say(refused(mistakes)), "mistakes": list(mistakes[:MOST_MISTAKES])},
    }


def _update_json(update: Update, language: Language) -> dict[str, Any]:
    """Returns which version there is and which there is to be; `installed` is empty where nothing renews the box."""
    return {
        "installed": update.installed,
        "wanted": update.wanted,
        "phase": update.phase,
        "failed": update.failed,
        "result": language.say(update.told),
    }


def rows(state: RoomState, now: float, language: Language = ENGLISH) -> list[tuple[str, str]]:
    """The lines of the page, label and value; a dash stands for what is not known."""
    say = language.say
    missing = ", ".join(say(device(name)) for name in sorted(state.offline))
    return [
        (say(Text("panel.link")), say(_link(state))),
        (say(Text("panel.room")), say(_doing(state))),
        (say(Text("panel.with")), _with_whom(state) or say(_UNKNOWN)),
        (say(Text("panel.for")), _how_long(state, now) or say(_UNKNOWN)),
        (say(Text("panel.meeting")), say(meetings.now(state))),
        (say(Text("panel.next_meeting")), say(meetings.coming(state))),
        (say(Text("panel.last_call")), say(call_over(state.last_end) if state.last_end else _UNKNOWN)),
        (say(Text("panel.microphone")), say(_microphone(state))),
        (say(Text("panel.loudspeaker")), say(_muted(state.audio_muted))),
        (say(Text("panel.camera")), say(_camera(state))),
        (say(Text("panel.volume")), say(_UNKNOWN) if state.volume is None else f"{state.volume:.0%}"),
        (say(Text("panel.account")), state.me.label if state.me else say(_UNKNOWN)),
        (say(Text("panel.missing")), missing or say(Text("panel.nothing"))),
        *_renewal(state.update, language),
    ]


def version_of(update: Update) -> Text:
    """Returns which version the box has, and which one is on its way; nothing where nothing renews it."""
    key = _VERSIONS.get(update.phase) if update.wanted else None
    return Text(key, installed=update.installed, wanted=update.wanted) if key else verbatim(update.installed)


def _renewal(update: Update, language: Language) -> Iterator[tuple[str, str]]:
    """Yields the lines about the box's version, where it renews itself."""
    if not update.installed:
        return
    yield language.say(Text("panel.version")), language.say(version_of(update))
    if update.told:
        yield language.say(Text("panel.update")), language.say(update.told)


def _on_display(words: Sequence[str], language: Language) -> list[tuple[str, str]]:
    """Returns the line with what the display says, where it says anything."""
    return [(language.say(Text("panel.display")), " · ".join(words))] if words else []


def _refused(mistakes: Sequence[str], language: Language) -> list[tuple[str, str]]:
    """Returns the line about a configuration that was not taken, where one was not."""
    told = [language.say(refused(mistakes)), *mistakes[:MOST_MISTAKES]]
    return [(language.say(Text("panel.configuration")), " · ".join(told))] if mistakes else []


def _doing(state: RoomState) -> Text:
    if (entry := state.password) is not None:
        key = "panel.wrong_password" if entry.wrong else "panel.password"
        return Text(key, who=entry.whom.label, count=len(entry.entered))
    if (asked := open_request(state)) is not None:
        return wish(asked.wish, asked.who.label)
    if hold.confirmed(state):
        return Text("panel.on_hold")
    return Text("panel.on_podium") if state.podium.speaks else PHASES[state.phase]


def _well(state: RoomState) -> bool:
    return state.link.phase is LinkPhase.UP


def _with_whom(state: RoomState) -> str:
    conversation = state.conversation
    if conversation is None:
        return ""
    return conversation.title or (conversation.peer.label if conversation.peer else "")


def _how_long(state: RoomState, now: float) -> str:
    if state.conversation is None or state.conversation.since is None:
        return ""
    return span(now - state.conversation.since)


def _link(state: RoomState) -> Text:
    link = LINKS[state.link.phase]
    reason = PIN_WILL_CHANGE if pin.will_change(state) else state.link.reason
    return Text("panel.because", state=link, reason=reason) if reason else link


def _muted(muted: bool | None) -> Text:  # noqa: FBT001  # the field as it stands in the state
    return {None: _UNKNOWN, True: Text("panel.muted"), False: Text("panel.on")}[muted]


def _microphone(state: RoomState) -> Text:
    locked = ", ".join(sorted(state.mute_locks))
    by_owner = Muted.MIC in state.muted_by_owner
    muted = Text("panel.muted_by_owner") if by_owner else _muted(state.mic_muted)
    return Text("panel.locked", muted=muted, phones=locked) if locked else muted


def _camera(state: RoomState) -> Text:
    by_owner = Muted.VIDEO in state.muted_by_owner
    return Text("panel.muted_by_owner") if by_owner else _muted(state.video_muted)


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("appliance.panel")
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False).get_template("status.html")
