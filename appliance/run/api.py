"""`[api]` of a room that is built: what programs are told and may ask comes from the room's parts."""

import importlib.metadata
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import trio
from starlette.routing import BaseRoute

from appliance.access.gate import Gate
from appliance.api.about import ROOT, About
from appliance.api.acting import Acting, actions_answer
from appliance.api.answers import value_answer, view_answer
from appliance.api.app import api_routes
from appliance.api.events import events_answer, talk
from appliance.api.followers import Followers
from appliance.api.health import health_of
from appliance.api.looked import Looks
from appliance.panel.view import View
from appliance.room.state import RoomState
from appliance.run.acting import Asking
from appliance.run.parts import Parts
from appliance.runtime.machine import machine_id
from appliance.runtime.web.sockets import Reserved, Talk


class Interface(NamedTuple):
    """`routes` of the pages' server, and conversations over WebSockets by their paths; nothing without `[api]`."""

    routes: list[BaseRoute]
    sockets: dict[str, Talk]


def interface_of(
    parts: Parts, gate: Gate, shown: Callable[[RoomState], View], touched: Callable[[RoomState], View]
) -> Interface:
    """Returns the interface of the room with these parts. `shown`: what those see who may look, `touched`: touch."""
    if parts.config.api is None or parts.recent is None:
        return Interface([], {})
    looks = Looks(parts.store.followed, parts.clock, shown=shown, touched=touched)
    followers = Followers(looks, parts.recent, gate)
    asking = Asking(parts)
    about = About(importlib.metadata.version("offhook"), parts.config.room.name, machine_id())
    handlers = {
        "getView": view_answer(looks),
        "getEvents": events_answer(followers),
        "getActions": actions_answer(asking.forms),
        "postAction": Acting(asking.act).answer,
        "getHealth": value_answer(
            lambda: health_of(parts.store.state, parts.conditions.known, trio.current_time(), parts.language)
        ),
        "getVersion": value_answer(lambda: about),
    }
    talks = Reserved(partial(talk, followers), followers.refusal)
    return Interface(api_routes(handlers, gate), {f"{ROOT}/events": talks})
