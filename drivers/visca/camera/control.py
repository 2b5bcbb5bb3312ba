"""Translates commands in VISCA units into actions in fractions of a range."""

from collections.abc import Callable
from enum import Enum, auto
from functools import singledispatch

from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action, Drive, DriveTo, Home, PassOn
from drivers.visca.model.profile import Position, Profile, Range
from drivers.visca.wire import commands as visca
from drivers.visca.wire import settings
from drivers.visca.wire.layout import Message
from drivers.visca.wire.switch import Switch

PositionSource = Callable[[], Position]


class Verdict(Enum):
    """The result of a command that needs no action."""

    NOTHING_TO_DO = auto()  # it is as the controller wants it
    NOT_EXECUTABLE = auto()  # understood, but this camera cannot


_PICTURE = (visca.FocusDrive, visca.FocusDirect, visca.Focus, visca.FocusTrigger, visca.DigitalZoom, *settings.COMMANDS)
_PAN = {visca.Pan.LEFT: -1, visca.Pan.RIGHT: 1, visca.Pan.STOP: 0}
_TILT = {visca.Tilt.UP: 1, visca.Tilt.DOWN: -1, visca.Tilt.STOP: 0}


@singledispatch
def translate(command: Message, where: PositionSource, profile: Profile) -> Action | Verdict:  # noqa: ARG001  # dispatched on type
    """Returns the action for `command`, or NOT_EXECUTABLE where the camera has no such function.

    `where` returns the current position. The terminal has no command for focus, white balance, exposure, tally, limits
    or standby. Sony's cameras too refuse to change what is automatic at the moment, so controllers know that answer.
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
    return _only(command.state is Switch.ON)


@translate.register(visca.Menu)
@translate.register(visca.DigitalZoom)
def _(command: visca.Menu | visca.DigitalZoom, _where: PositionSource, _profile: Profile) -> Verdict:
    return _only(command.state is Switch.OFF)


@translate.register
def _(command: visca.Focus, _where: PositionSource, _profile: Profile) -> Verdict:
    return _only(command.mode is visca.FocusMode.AUTO)


@translate.register
def _(command: visca.FocusDrive, _where: PositionSource, _profile: Profile) -> Verdict:
    return _only(command.motion == 0)


def apply_memory(command: visca.Memory, here: Position, shared: SharedState) -> Action | Verdict:
    """Executes a preset command for a camera at `here`."""
    match command.action:
        case visca.MemoryAction.RECALL:
            return _recalled(command.number, here, shared)
        case visca.MemoryAction.SET:
            known = here != Position()
            return _only(known and shared.presets.store(command.number, here))
        case visca.MemoryAction.RESET:
            return _only(shared.presets.forget(command.number))


def apply_speed(command: visca.RecallSpeed | visca.PresetSpeed, profile: Profile, shared: SharedState) -> Verdict:
    """Sets the speed of the moves to presets, of all or of one."""
    speed = _speed(command.speed, profile.pan_speed)
    if isinstance(command, visca.PresetSpeed):
        shared.preset_speeds[command.number] = speed
    else:
        shared.recall_speed = speed
    return Verdict.NOTHING_TO_DO


def passed_on(command: Message) -> PassOn | None:
    """Returns the action for a command to a picture function, None for any other command."""
    return PassOn(command) if isinstance(command, _PICTURE) else None


def _recalled(number: int, here: Position, shared: SharedState) -> Action | Verdict:
    """Returns the move to a stored position, by the axes whose position is known now."""
    stored = shared.presets.recall(number)
    if stored is None:
        return Verdict.NOT_EXECUTABLE
    axes = ((stored.pan, here.pan), (stored.tilt, here.tilt), (stored.zoom, here.zoom))
    pan, tilt, zoom = (None if is_at is None else to for to, is_at in axes)
    if (pan, tilt, zoom) == (None, None, None):
        return Verdict.NOT_EXECUTABLE
    return DriveTo(pan, tilt, zoom, number, shared.speed_of(number))


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
