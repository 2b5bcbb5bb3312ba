"""A room that does not run, with its interface on a real socket; programs of each role, and none, on the network."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from appliance.access.gate import Gate
from appliance.access.roles import Caller, Role
from appliance.config.load import parse
from appliance.language.catalogue import ENGLISH
from appliance.panel.view import Viewed
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.run.editing.editor import Editor
from appliance.run.pages.api import Interface, interface_of
from appliance.run.parts import Parts
from appliance.services.box.hardware import Hardware
from tests.access.scopes import AWAY

TEXT: Final = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n[panel]\nlisten = "127.0.0.1:0"\n[api]\n'
TALKING: Final = RoomState(
    link=Link(LinkPhase.UP),
    phase=Phase.IN_CALL,
    conversation=Conversation(peer=Person("anna@example.org", "Anna"), since=10.0),
    mic_muted=True,
    volume=0.4,
)


class Known:
    """Knows a program of each role: its token is the role's word."""

    def caller(self, secret: str) -> Caller | None:
        callers = {role.word: Caller(f"a {role.word} program", role, "token") for role in Role}
        return callers.get(secret)


GATE: Final = Gate(tokens=Known())
ROLES: Final = (None, *Role)


def bearer(role: Role | None) -> Mapping[str, str]:
    """The header of a program of a role; none for nobody."""
    return {} if role is None else {"Authorization": f"Bearer {role.word}"}


class FromAway:
    """The application as it is asked from elsewhere over HTTPS: the box itself would be known without a token."""

    def __init__(self, app: ASGIApp, client: str = AWAY, scheme: str = "https") -> None:
        self._app = app
        self._about = {"client": (client, 1), "scheme": scheme}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, **self._about}, receive, send)


def room(more: str = "") -> Parts:
    """A room in a call, which does not run."""
    parts = Parts(parse(TEXT + more, Path("room.toml")), Hardware())
    parts.store.followed.value = TALKING
    return parts


def set_state(parts: Parts, **fields: Any) -> None:
    parts.store.followed.value = msgspec.structs.replace(parts.store.state, **fields)


def interface(parts: Parts, gate: Gate = GATE) -> Interface:
    """Its interface."""
    shown = Viewed("Neptune", ENGLISH, titles=True)
    touched = Viewed("Neptune", ENGLISH, titles=True, peers=True)
    return interface_of(parts, gate, shown, touched, Editor(parts, None))


def app(parts: Parts, gate: Gate = GATE) -> Starlette:
    """Its interface as an application."""
    return Starlette(routes=interface(parts, gate).routes)
