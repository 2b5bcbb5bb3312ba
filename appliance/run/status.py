"""The pages of a room that is built: what they show comes from the room's parts."""

import msgspec
from starlette.applications import Starlette

from appliance.panel.feed import Feed
from appliance.panel.live import Live
from appliance.panel.status import status_app
from appliance.panel.view import Viewed
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
        received=lambda: msgspec.structs.asdict(parts.link.counters),
        programs=parts.sharing.programs,
    )


def sockets_of(parts: Parts) -> dict[str, Talk]:
    """Returns the WebSockets of these pages by their paths."""
    panel = parts.config.panel
    look = Viewed(parts.config.room.name, titles=panel is None or panel.titles)
    box = f"{mark_of('appliance.panel')}-{parts.language.code}"
    return {LIVE: Live(parts.store.followed, Feed(look), Clock(), box).talk}
