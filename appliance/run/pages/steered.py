"""What pages hold down to move the room's cameras, and how they are shown these."""

from collections.abc import Callable
from typing import NamedTuple

import trio

from appliance.language.catalogue import Language
from appliance.panel.camera.cameras import CamerasViewed
from appliance.panel.camera.steering import Steering
from appliance.panel.live.holds import Holds
from appliance.room.bindings.bindings import FAR_END
from appliance.run.parts import Parts


class Steered(NamedTuple):
    """`steering` finds cameras, `holds` is what pages hold, `viewed` shows both in a language."""

    steering: Steering
    holds: Holds
    viewed: Callable[[Language], CamerasViewed]


def steered(parts: Parts) -> Steered:
    """Returns what moves the cameras of the room with these parts."""
    own = parts.local_cameras.by_name
    steering = Steering(
        parts.controller.put, lambda: parts.store.state, {*own, FAR_END}, moves=parts.local_cameras.moves
    )
    holds = Holds(steering.find, trio.current_time)
    first = parts.config.room.camera if parts.config.room.camera in own else ""
    return Steered(steering, holds, lambda language: CamerasViewed(language, own, holds.is_held, first))
