"""`[api]` of a room that is built: what programs are told and may ask comes from the room's parts."""

import importlib.metadata
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import trio
from starlette.routing import BaseRoute

from appliance.access.gate import Gate
from appliance.api.about import ROOT, About
from appliance.api.acting import Acting, actions_answer
from appliance.api.answers import later_answer, text_answer, value_answer, view_answer
from appliance.api.app import Handler, api_routes
from appliance.api.configuring import configuring
from appliance.api.deeds import audit_answer
from appliance.api.devices import Devices, devices_of
from appliance.api.following.events import events_answer, talk
from appliance.api.following.followers import Followers
from appliance.api.health import Health, health_of
from appliance.api.looked import Looks
from appliance.api.machine import machine_answers
from appliance.api.page import document_answer, page_routes
from appliance.api.setting_answers import change_answer, settings_answer
from appliance.api.trying import Trying
from appliance.config.schema import Config
from appliance.config.secrets.shown import shown as shown_config
from appliance.config.tables.metrics import MetricsConfig
from appliance.fleet.metrics.scraped import Scraped
from appliance.maintain.editing import Editing
from appliance.panel.view import View
from appliance.room.state import RoomState
from appliance.run.pages.acting import Asking
from appliance.run.pages.devices import devices_named
from appliance.run.pages.there import There
from appliance.run.parts import Parts
from appliance.run.tables.metrics import metrics_service
from appliance.run.trying.every import trials_of
from appliance.runtime.machine import machine_id
from appliance.runtime.web.sockets import Reserved, Talk

Shows = Callable[[RoomState], View]


class Interface(NamedTuple):
    """`routes` of the pages' server, and conversations over WebSockets by their paths; nothing without `[api]`."""

    routes: list[BaseRoute]
    sockets: dict[str, Talk]


def interface_of(parts: Parts, gate: Gate, shown: Shows, touched: Shows, editing: Editing) -> Interface:
    """Returns the interface of the room with these parts. `shown`: what those see who may look, `touched`: touch.

    `editing` changes the configuration.
    """
    if parts.config.api is None or parts.recent is None:
        return Interface([], {})
    looks = Looks(parts.store.followed, parts.clock, shown=shown, touched=touched)
    followers = Followers(looks, parts.recent, gate)
    talks = Reserved(partial(talk, followers), followers.refusal)
    return Interface(
        api_routes(_handlers(parts, looks, followers, editing), gate, page_routes()), {f"{ROOT}/events": talks}
    )


def _handlers(parts: Parts, looks: Looks, followers: Followers, editing: Editing) -> dict[str, Handler]:
    asking, trying = Asking(parts), Trying(partial(trials_of, parts), parts.language)
    about = About(importlib.metadata.version("offhook"), parts.config.room.name, machine_id())
    return {
        "getView": view_answer(looks),
        "getEvents": events_answer(followers),
        "getActions": actions_answer(asking.forms),
        "postAction": Acting(asking.act).answer,
        "getHealth": value_answer(partial(_health, parts)),
        "getMetrics": text_answer(_Figures(parts).page),
        "getDevices": later_answer(_Devices(parts).all),
        "getParts": value_answer(trying.parts),
        "postTry": trying.attempt,
        "getConfiguration": value_answer(_Configuration(parts).shown),
        **configuring(editing, lambda: parts.language),
        "getTerminalSettings": settings_answer(parts.settings, lambda: parts.language),
        "patchTerminalSettings": change_answer(parts.settings, lambda: parts.language),
        "getAudit": audit_answer(parts.audit),
        **machine_answers(parts.machine, parts.clock, parts.language),
        "getVersion": value_answer(lambda: about),
        "getDocument": document_answer(),
    }


def _health(parts: Parts) -> Health:
    return health_of(parts.store.state, parts.conditions.known, trio.current_time(), parts.language)


class _Devices:
    """The devices of the configuration as they are now, and the hardware of the box as it was lately."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._there = There()

    async def all(self) -> Devices:
        """Returns them."""
        parts = self._parts
        hardware = await self._there.hardware(parts.config)
        named = devices_named(parts.config)
        return devices_of(named, parts.conditions.known, parts.store.state, trio.current_time(), hardware)


class _Configuration:
    """The configuration in force, looked through once somebody asks: another may take its place while the room runs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._of: Config | None = None
        self._shown: dict[str, Any] = {}

    def shown(self) -> dict[str, Any]:
        """Returns it without secrets."""
        if self._of is not self._parts.config:
            self._of, self._shown = self._parts.config, shown_config(self._parts.config)
        return self._shown


class _Figures:
    """The page of figures; its library is loaded when somebody asks for it first."""

    def __init__(self, parts: Parts) -> None:
        assert parts.counts is not None  # noqa: S101  # counted wherever there is an interface
        self._service = metrics_service(parts, parts.counts, parts.config.metrics or MetricsConfig())
        self._scraped: Scraped | None = None
        self._loading = trio.Lock()

    async def page(self, accept: str) -> tuple[bytes, str]:
        """Returns the page in the form that a client accepts, and its type."""
        async with self._loading:
            self._scraped = self._scraped or await self._service.scraped()
        return await self._scraped.page(accept)
