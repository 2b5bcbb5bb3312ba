"""Translates commands in VISCA units into actions in fractions of a range."""

from collections.abc import Callable
from enum import Enum, auto
from functools import singledispatch

from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.profile import Position, Profile, Range
from drivers.visca.model.stored_positions import Presets
from drivers.visca.wire import commands as visca
from drivers.visca.wire.layout import Message

PositionSource = Callable[[], Position]


class Verdict(Enum):
    """The result of a command that needs no action."""

    NOTHING_TO_DO = auto()  # it is as the controller wants it
    NOT_EXECUTABLE = auto()  # understood, but this camera cannot


_PAN = {visca.Pan.LEFT: -1, visca.Pan.RIGHT: 1, visca.Pan.STOP: 0}
_TILT = {visca.Tilt.UP: 1, visca.Tilt.DOWN: -1, visca.Tilt.STOP: 0}


@singledispatch
def translate(command: Message, where: PositionSource, profile: Profile) -> Action | Verdict:  # noqa: ARG001  # dispatched on type
    """Returns the action for `command`, or NOT_EXECUTABLE where the camera has no such function.

    `where` returns the current position. There is no manual focus, no limit and no standby. Sony's cameras too refuse
    to move the focus while it is automatic, so controllers know that answer.
    """
    return Verdict.NOT_EXECUTABLE


@translate.register
def _(command: visca.PanTiltDrive, _where: PositionSource, profile: Profile) -> Action:
    return Drive(
        pan=_PAN[command.pan],
        tilt=_TILT[command.tilt],
        pan_speed=_speed(command.pan_speed, profile.pan_speed),
        tilt_speed=_speed(command.tilt_speed, profile.tilt_speed),
    )


@translate.register
def _(command: visca.PanTiltAbsolute, where: PositionSource, profile: Profile) -> Action | Verdict:
    if _in_other_units(command, profile):
        return Verdict.NOT_EXECUTABLE
    here = where()
    pan = None if here.pan is None else profile.pan.part(command.pan)
    tilt = None if here.tilt is None else profile.tilt.part(command.tilt)
    return _to(pan, tilt)


@translate.register
def _(command: visca.PanTiltRelative, where: PositionSource, profile: Profile) -> Action | Verdict:
    if _in_other_units(command, profile):
        return Verdict.NOT_EXECUTABLE
    here = where()
    return _to(_offset(here.pan, command.pan, profile.pan), _offset(here.tilt, command.tilt, profile.tilt))


@translate.register(visca.PanTiltHome)
@translate.register(visca.PanTiltReset)
def _(_command: Message, _where: PositionSource, _profile: Profile) -> Action:
    return Home()


@translate.register
def _(_command: visca.ZoomStop, _where: PositionSource, _profile: Profile) -> Action:
    return Drive(zoom=0)


@translate.register
def _(_command: visca.ZoomTele, _where: PositionSource, _profile: Profile) -> Action:
    return Drive(zoom=1)


@translate.register
def _(_command: visca.ZoomWide, _where: PositionSource, _profile: Profile) -> Action:
    return Drive(zoom=-1)


@translate.register
def _(command: visca.ZoomTeleVariable, _where: PositionSource, profile: Profile) -> Action:
    return Drive(zoom=1, zoom_speed=_speed(command.speed + 1, profile.zoom_speed + 1))


@translate.register
def _(command: visca.ZoomWideVariable, _where: PositionSource, profile: Profile) -> Action:
    return Drive(zoom=-1, zoom_speed=_speed(command.speed + 1, profile.zoom_speed + 1))


@translate.register(visca.ZoomDirect)
@translate.register(visca.ZoomFocusDirect)
def _(command: visca.ZoomDirect | visca.ZoomFocusDirect, where: PositionSource, profile: Profile) -> Action | Verdict:
    if where().zoom is None:
        return Verdict.NOT_EXECUTABLE
    return DriveTo(zoom=profile.zoom.part(command.zoom))


@translate.register(visca.Power)
def _(command: visca.Power, _where: PositionSource, _profile: Profile) -> Verdict:
    return _only(command.state is visca.Switch.ON)


@translate.register(visca.Menu)
@translate.register(visca.DigitalZoom)
def _(command: visca.Menu | visca.DigitalZoom, _where: PositionSource, _profile: Profile) -> Verdict:
    return _only(command.state is visca.Switch.OFF)


@translate.register
def _(command: visca.Focus, _where: PositionSource, _profile: Profile) -> Verdict:
    return _only(command.mode is visca.FocusMode.AUTO)


@translate.register
def _(command: visca.FocusDrive, _where: PositionSource, _profile: Profile) -> Verdict:
    return _only(command.motion == 0)


def apply_memory(command: visca.Memory, here: Position, presets: Presets) -> Action | Verdict:
    """Executes a preset command for a camera at `here`; positions are stored in `presets`."""
    match command.action:
        case visca.MemoryAction.RECALL:
            return _to_place(command.number, presets.recall(command.number), here)
        case visca.MemoryAction.SET:
            known = here != Position()
            return _only(known and presets.store(command.number, here))
        case visca.MemoryAction.RESET:
            return _only(presets.forget(command.number))


def _to_place(number: int, place: Position | None, here: Position) -> Action | Verdict:
    """Returns the move to a stored position, by the axes whose position is known now."""
    if place is None:
        return Verdict.NOT_EXECUTABLE
    axes = ((place.pan, here.pan), (place.tilt, here.tilt), (place.zoom, here.zoom))
    pan, tilt, zoom = (None if is_at is None else to for to, is_at in axes)
    return DriveTo(pan, tilt, zoom, number) if (pan, tilt, zoom) != (None, None, None) else Verdict.NOT_EXECUTABLE


def _only(is_so: bool) -> Verdict:  # noqa: FBT001  # the one thing it says
    """Returns the verdict on a command that is satisfied where `is_so`, and impossible else."""
    return Verdict.NOTHING_TO_DO if is_so else Verdict.NOT_EXECUTABLE


def _in_other_units(command: visca.PanTiltAbsolute | visca.PanTiltRelative, profile: Profile) -> bool:
    """Returns whether a position has the number of nibbles of another model, and so its units."""
    return isinstance(command, visca.PanTiltAbsoluteLong | visca.PanTiltRelativeLong) is not profile.long_pan


def _to(pan: float | None, tilt: float | None) -> Action | Verdict:
    if pan is None and tilt is None:
        return Verdict.NOT_EXECUTABLE
    return DriveTo(pan=pan, tilt=tilt)


def _offset(here: float | None, distance: int, axis: Range) -> float | None:
    return None if here is None else axis.part(axis.units(here) + distance)


def _speed(value: int, highest: int) -> float:
    """Returns a speed as a fraction of the highest; 0 counts as 1, too high as the highest."""
    return min(max(value, 1), highest) / highest
