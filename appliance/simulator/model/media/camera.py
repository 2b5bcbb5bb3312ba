"""The terminal's own camera: three axes that take time to move and stop at their ends."""

import math
from collections.abc import Callable
from typing import Any, Literal

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import NUMBER
from appliance.simulator.model.common.table import Request, Rule, Table, asking, doing, given

AxisName = Literal["pan", "tilt", "zoom"]

REPORT_INTERVAL = 0.1  # seconds between two ptzControlsChanged while the camera moves


class Axis:
    """One axis that moves from where it is to `target`, at `speed` units a second."""

    def __init__(self, low: float, high: float, default: float, step: float, speed: float) -> None:
        self.low, self.high, self.default, self.step, self.speed = low, high, default, step, speed
        self.current = self.target = default

    @property
    def moving(self) -> bool:
        """Whether it has not arrived yet."""
        return self.current != self.target

    def advance(self, seconds: float) -> None:
        """Moves for `seconds`, no further than the target."""
        way = self.target - self.current
        self.current += math.copysign(min(abs(way), self.speed * seconds), way)

    def describe(self) -> dict[str, Any]:
        """Returns the axis as the wire has it, with the position in whole steps."""
        position = round(round(self.current / self.step) * self.step, 3)
        return {
            "support": True,
            "minValue": self.low,
            "maxValue": self.high,
            "currentValue": int(position) if position == int(position) else position,
            "defValue": self.default,
            "step": self.step,
        }


class Camera:
    """Pan -170 to 170 degrees, tilt -30 to 90 degrees, zoom 1 to 12 times. `now` returns monotonic seconds.

    Nothing runs while it moves: positions are calculated from the time that has passed (`_catch_up`) whenever
    somebody asks, and `due` says when the next `ptzControlsChanged` is to be sent. `supported` returns whether there
    is a camera that can be controlled.
    """

    def __init__(self, now: Callable[[], float], emit: Emit, *, supported: Callable[[], bool]) -> None:
        self._now = now
        self._emit = emit
        self._is_supported = supported
        self._supported = supported()
        self._at = now()  # when the positions were true
        self._report_at = math.inf
        self.axes: dict[str, Axis] = {
            "pan": Axis(-170, 170, 0, 0.5, 40),
            "tilt": Axis(-30, 90, 0, 0.5, 30),
            "zoom": Axis(1, 12, 1, 0.1, 3),
        }

    @property
    def supported(self) -> bool:
        """Whether it can be controlled."""
        return self._supported

    def chosen(self) -> None:
        """Reports the axes of another camera, or that there is none any more; what moved stops."""
        self._catch_up()
        for axis in self.axes.values():
            axis.target = axis.current
        self._report_at = math.inf
        self._supported = self._is_supported()
        self._report()

    @property
    def due(self) -> float:
        """When the next report is to be sent; infinity while nothing moves."""
        return self._report_at

    def describe(self) -> dict[str, Any]:
        """Returns the three axes as the wire has them, where they are now."""
        self._catch_up()
        if not self._supported:
            return {name: {"support": False} for name in self.axes}
        return {name: axis.describe() for name, axis in self.axes.items()}

    def drive(self, name: AxisName, direction: int) -> None:
        """Moves one axis towards its low (-1) or high (+1) end until `stop`."""
        axis = self._axis(name)
        self._go(axis, axis.high if direction > 0 else axis.low)

    def place(self, name: AxisName, position: float) -> None:
        """Moves one axis to `position`; refused outside its range."""
        axis = self._axis(name)
        if not axis.low <= position <= axis.high:
            raise Refused(f"wrong parameter: pos must be from {axis.low:g} to {axis.high:g}")
        self._go(axis, position)

    def nudge(self, name: AxisName, way: float) -> None:
        """Moves one axis by `way`, no further than its end."""
        axis = self._axis(name)
        self._go(axis, min(max(axis.target + way, axis.low), axis.high))

    def positions(self) -> dict[str, float]:
        """Returns where the axes are now."""
        self._catch_up()
        return {name: axis.current for name, axis in self.axes.items()}

    def home(self) -> None:
        """Moves every axis to its default."""
        for name in ("pan", "tilt", "zoom"):
            axis = self._axis(name)
            self._go(axis, axis.default)

    def stop(self) -> None:
        """Stops every axis where it is."""
        self.require()
        moving = self._moving
        self._catch_up()
        for axis in self.axes.values():
            axis.target = axis.current
        self._report_at = math.inf
        if moving:
            self._report()

    def advance(self) -> None:
        """Sends the report that is due, and plans the next one while something moves."""
        if self._now() < self._report_at:
            return
        self._catch_up()
        self._report_at = self._now() + REPORT_INTERVAL if self._moving else math.inf
        self._report()

    @property
    def _moving(self) -> bool:
        return any(axis.moving for axis in self.axes.values())

    def _axis(self, name: str) -> Axis:
        self.require()
        return self.axes[name]

    def require(self) -> None:
        """Refuses if the camera cannot be controlled."""
        if not self._supported:
            raise Refused(errors.NO_CAMERA_CONTROL)

    def _go(self, axis: Axis, target: float) -> None:
        self._catch_up()
        axis.target = target
        if self._moving:
            self._report_at = min(self._report_at, self._now() + REPORT_INTERVAL)

    def _catch_up(self) -> None:
        seconds = self._now() - self._at
        self._at = self._now()
        for axis in self.axes.values():
            axis.advance(seconds)

    def _report(self) -> None:
        self._emit("ptzControlsChanged", **self.describe())


def _drive(axis: AxisName, direction: int) -> Rule[Camera]:
    return doing(lambda camera: camera.drive(axis, direction), events=("ptzControlsChanged",))


def _place(axis: AxisName) -> Rule[Camera]:
    def run(camera: Camera, request: Request) -> None:
        camera.place(axis, request["pos"])

    return given(run, {"pos": NUMBER}, events=("ptzControlsChanged",))


CAMERA: Table[Camera] = {
    "getPtzControls": asking(Camera.describe),
    "ptzLeft": _drive("pan", -1),
    "ptzRight": _drive("pan", +1),
    "ptzUp": _drive("tilt", +1),
    "ptzDown": _drive("tilt", -1),
    "ptzZoomInc": _drive("zoom", +1),
    "ptzZoomDec": _drive("zoom", -1),
    "ptzStop": doing(Camera.stop, events=("ptzControlsChanged",)),
    "setPanPos": _place("pan"),
    "setTiltPos": _place("tilt"),
    "setZoomPos": _place("zoom"),
    "setPtzDefaults": doing(Camera.home, events=("ptzControlsChanged",)),
}
