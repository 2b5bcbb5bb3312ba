"""What all controllers of one camera share: stored positions, which axes move, and who set them moving."""

from typing import NamedTuple

from drivers.visca.model.actions import Action, DriveTo, Home
from drivers.visca.model.stored_positions import Presets

AXES = ("pan", "tilt", "zoom")


class _Driven(NamedTuple):
    way: int
    by: object


class Body:
    """Which way each axis goes until told otherwise, as last asked for, and by whom; and the camera's presets."""

    def __init__(self, presets: Presets | None = None) -> None:
        self.presets = presets or Presets()
        self._axes = dict.fromkeys(AXES, _Driven(0, None))

    def act(self, action: Action, who: object) -> None:
        """Note what `who` asks for."""
        self._axes |= {axis: _Driven(way, who) for axis, way in _after(action).items()}

    def driven_by(self, who: object) -> list[str]:
        """The axes that move because of `who`."""
        return [axis for axis, driven in self._axes.items() if driven.way and driven.by is who]

    def drives(self, *axes: str) -> bool:
        """Whether any of these axes moves."""
        return any(self._axes[axis].way for axis in axes)


def _after(action: Action) -> dict[str, int]:
    """Which way each axis goes on after `action`, 0 if it will come to rest; without the axes it leaves alone."""
    if isinstance(action, Home):
        return dict.fromkeys(AXES, 0)
    asked = {"pan": action.pan, "tilt": action.tilt, "zoom": action.zoom}
    if isinstance(action, DriveTo):
        return {axis: 0 for axis, place in asked.items() if place is not None}
    return {axis: int(way) for axis, way in asked.items() if way is not None}
