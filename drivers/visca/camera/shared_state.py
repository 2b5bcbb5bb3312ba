"""State of one camera that all its controllers share: presets, which axes move, and which controller moves them."""

from typing import NamedTuple

from drivers.visca.model.actions import Action, DriveTo, Home
from drivers.visca.model.stored_positions import Presets

AXES = ("pan", "tilt", "zoom")


class _Driven(NamedTuple):
    way: int
    by: object


class SharedState:
    """The last requested direction of each axis, who requested it, and the camera's presets."""

    def __init__(self, presets: Presets | None = None) -> None:
        self.presets = presets or Presets()
        self._axes = dict.fromkeys(AXES, _Driven(0, None))

    def act(self, action: Action, who: object) -> None:
        """Records an action of `who`."""
        self._axes |= {axis: _Driven(way, who) for axis, way in _after(action).items()}

    def driven_by(self, who: object) -> list[str]:
        """Returns the axes that move because of `who`."""
        return [axis for axis, driven in self._axes.items() if driven.way and driven.by is who]

    def drives(self, *axes: str) -> bool:
        """Returns whether any of these axes moves."""
        return any(self._axes[axis].way for axis in axes)


def _after(action: Action) -> dict[str, int]:
    """Returns the direction of each axis after `action`, 0 where it will come to rest; other axes are left out."""
    if isinstance(action, Home):
        return dict.fromkeys(AXES, 0)
    asked = {"pan": action.pan, "tilt": action.tilt, "zoom": action.zoom}
    if isinstance(action, DriveTo):
        return {axis: 0 for axis, place in asked.items() if place is not None}
    return {axis: int(way) for axis, way in asked.items() if way is not None}
