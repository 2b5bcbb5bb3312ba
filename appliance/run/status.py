"""The status page of a room that is built: what it shows comes from the room's parts."""

import msgspec
from starlette.applications import Starlette

from appliance.panel.status import status_app
from appliance.run.parts import Parts


def status_of(parts: Parts) -> Starlette:
    """Returns the status page of the room with these parts."""
    return status_app(
        lambda: parts.store.state,
        parts.language,
        received=lambda: msgspec.structs.asdict(parts.link.counters),
        programs=parts.sharing.programs,
    )
