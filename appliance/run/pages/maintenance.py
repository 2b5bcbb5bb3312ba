"""The maintenance pages of a room that is built: what they show comes from the room's parts."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, NamedTuple

import trio
from starlette.routing import Route
from starlette.types import Scope

from appliance.language.catalogue import Language
from appliance.maintain.editing import Editing
from appliance.maintain.news import Numbers
from appliance.panel.access import Access
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.maintenance.bundle import bundle_route
from appliance.panel.maintenance.configuration import configuration_routes
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.log import log_route
from appliance.panel.maintenance.machine import machine_routes
from appliance.panel.maintenance.parts import trial_route
from appliance.panel.maintenance.pictures import picture_routes
from appliance.panel.maintenance.routes import BASE, Whose, maintainer, maintenance_routes
from appliance.panel.maintenance.terminal import setting_route
from appliance.run.pages.bundle import whole_bundle
from appliance.run.parts import Parts
from appliance.run.trying.every import trials_of
from appliance.runtime.logs import recent
from appliance.runtime.web.assets import mark_of
from appliance.runtime.web.sockets import Socket, Talk
from appliance.wiring.picture import picture
from appliance.wiring.places import wiring

MAY_STILL: Final = 60.0  # seconds between two looks at whether somebody is still logged in


class Maintenance(NamedTuple):
    """`routes` of the pages' server, and conversations over WebSockets by their paths."""

    routes: list[Route]
    sockets: dict[str, Talk]


def maintenance_of(parts: Parts, language: Language, whose: Whose, editing: Editing) -> Maintenance:
    """Returns the pages of the room with these parts. `whose` says who asks; `editing` changes the configuration."""
    desk = desk_of(parts)
    routes = [
        *maintenance_routes(desk, whose, language),
        log_route(desk, whose, language),
        *picture_routes(desk, whose, language),
        bundle_route(desk, whose, language),
        trial_route(desk, whose, language),
        setting_route(desk, whose, language),
        *configuration_routes(desk, editing, whose, language),
        *machine_routes(desk, whose, language),
    ]
    return Maintenance(routes, {f"{BASE}/live": _Following(parts, language, whose).talk})


def desk_of(parts: Parts) -> Desk:
    """Returns what the pages show."""
    return Desk(
        room=parts.config.room.name,
        clock=parts.clock,
        now=trio.current_time,
        state=lambda: parts.store.state,
        known=lambda: parts.conditions.known,
        link=lambda: parts.link_record,
        answers=parts.answers.figures,
        account=lambda: parts.account,
        audit=parts.audit,
        news=parts.news,
        log=recent,
        notes=parts.audit,
        glass=lambda: None if parts.shows_secret else parts.said.picture,
        said=lambda: () if parts.shows_secret else parts.said.all(),
        wiring=lambda language: picture(wiring(parts.config), language),
        bundle=partial(whole_bundle, parts),
        trials=partial(trials_of, parts),
        settings=parts.settings,
        machine=parts.machine,
    )


class _ToMaintainers(Access):
    """Shows what is live to those that may maintain, however they are known, and to nobody else."""

    def __init__(self, whose: Whose) -> None:
        super().__init__()
        self._whose = whose

    def may_look(self, scope: Scope) -> bool:
        return maintainer(self._whose, scope) is not None


class _Following:
    """Tells pages that stay open what is news, for as long as whoever looks at them may maintain the box."""

    def __init__(self, parts: Parts, language: Language, whose: Whose) -> None:
        feed, mark = Feed[Numbers](lambda numbers: numbers), mark_of("appliance.panel")
        self._live = Live(
            parts.news.followed,
            feed,
            parts.clock,
            lambda: f"{mark}-{language.code}",  # a page is written in one language: in another it loads itself again
            language,
            touched=feed,
            hears={},
            access=_ToMaintainers(whose),
        )
        self._whose = whose
        self._news = parts.news
        self._pages = 0

    async def talk(self, socket: Socket) -> None:
        """Talks with one page until it has left, or may not look any more."""
        if maintainer(self._whose, socket.about) is None:
            return
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._end_with_the_log_in, socket, nursery.cancel_scope)
            with self._hearing_the_log():
                await self._live.talk(socket)
            nursery.cancel_scope.cancel()

    @contextmanager
    def _hearing_the_log(self) -> Iterator[None]:
        """The log tells of its lines while any page is open; a line may come from any thread."""
        soon = partial(trio.lowlevel.current_trio_token().run_sync_soon, self._news.tell, "log", idempotent=True)
        self._pages += 1
        recent.told = soon
        try:
            yield
        finally:
            self._pages -= 1
            if not self._pages:
                recent.told = None

    async def _end_with_the_log_in(self, socket: Socket, scope: trio.CancelScope) -> None:
        while True:
            await trio.sleep(MAY_STILL)
            if maintainer(self._whose, socket.about) is None:
                scope.cancel()
