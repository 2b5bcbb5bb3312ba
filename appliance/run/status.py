"""The pages of a room that is built: what they show comes from the room's parts."""

import msgspec
import trio
from starlette.applications import Starlette
from starlette.routing import Route

from appliance.panel.access import Access
from appliance.panel.feed import Feed
from appliance.panel.live import Live
from appliance.panel.people import people_route
from appliance.panel.status import status_app
from appliance.panel.touch import Touch
from appliance.panel.view import Viewed
from appliance.room.actions import Action
from appliance.room.inputs import Touched
from appliance.run.parts import Parts
from appliance.runtime.web.assets import mark_of
from appliance.runtime.web.sockets import Talk
from appliance.services.surroundings import Clock

LIVE = "/panel/live"
"""The path of the WebSocket of pages that stay open."""


def status_of(parts: Parts) -> Starlette:
    """Returns the pages of the room with these parts."""
    return status_app(
        lambda: parts.store.state,
        parts.language,
        room=parts.config.room.name,
        more=[people_of(parts)],
        received=lambda: msgspec.structs.asdict(parts.link.counters),
        programs=parts.sharing.programs,
        says=parts.said.all,
    )


def people_of(parts: Parts) -> Route:
    """Returns the route by which panels find whom to call."""
    return people_route(lambda: parts.store.state, Access())


def sockets_of(parts: Parts) -> dict[str, Talk]:
    """Returns the WebSockets of these pages by their paths."""
    room, panel = parts.config.room.name, parts.config.panel
    titles = panel is None or panel.titles

    def put(action: Action) -> None:
        parts.controller.put(Touched(action))

    live = Live(
        parts.store.followed,
        Feed(Viewed(room, parts.language, titles=titles)),
        Clock(),
        f"{mark_of('appliance.panel')}-{parts.language.code}",
        parts.language,
        touched=Feed(Viewed(room, parts.language, titles=True, peers=True)),
        touch=Touch(put, trio.current_time),
        access=Access(),
    )
    return {LIVE: live.talk}
