"""State of one camera that all its controllers share: presets, which axes move, and which controller moves them."""

from typing import NamedTuple

from drivers.visca.model.actions import Action, DriveTo, Home, PassOn
from drivers.visca.model.stored_positions import Presets

AXES = ("pan", "tilt", "zoom")


class _Axis(NamedTuple):
    direction: int
    requested_by: object
    requests: int  # how many there have been: a move that is no longer the latest has been replaced


class SharedState:
    """The last request for each axis, who made it, and the camera's presets with the speeds of their recall."""

    def __init__(self, presets: Presets | None = None) -> None:
        self.presets = presets or Presets()
        self.recall_speed: float | None = None
        self.preset_speeds: dict[int, float] = {}
        self._axes = dict.fromkeys(AXES, _Axis(0, None, 0))

    def act(self, action: Action, who: object) -> None:
        """Records an action of `who`."""
        for axis, direction in _after(action).items():
            self._axes[axis] = _Axis(direction, who, self._axes[axis].requests + 1)

    def driven_by(self, who: object) -> list[str]:
        """Returns the axes that move because of `who`."""
        return [axis for axis, last in self._axes.items() if last.direction and last.requested_by is who]

    def drives(self, *axes: str) -> bool:
        """Returns whether any of these axes moves."""
        return any(self._axes[axis].direction for axis in axes)

    def requests(self, *axes: str) -> list[int]:
        """Returns the number of requests for each of these axes so far, to tell whether another has come since."""
        return [self._axes[axis].requests for axis in axes]

    def speed_of(self, preset: int) -> float | None:
        """Returns the speed of the move to a preset, as a fraction of the highest; None where nobody has set one."""
        return self.preset_speeds.get(preset, self.recall_speed)


def axes_of(action: Action) -> list[str]:
    """Returns the axes that an action takes over: pan and tilt always together, as VISCA's commands name both."""
    named = _after(action)
    pan_tilt = ["pan", "tilt"] if "pan" in named or "tilt" in named else []
    return [*pan_tilt, *(["zoom"] if "zoom" in named else [])]


def _after(action: Action) -> dict[str, int]:
    """Returns the direction of each axis after `action`, 0 where it will come to rest; other axes are left out."""
    if isinstance(action, PassOn):
        return {}
    if isinstance(action, Home):
        return dict.fromkeys(AXES, 0)
    asked = {"pan": action.pan, "tilt": action.tilt, "zoom": action.zoom}
    if isinstance(action, DriveTo):
        return {axis: 0 for axis, position in asked.items() if position is not None}
    return {axis: int(direction) for axis, direction in asked.items() if direction is not None}
