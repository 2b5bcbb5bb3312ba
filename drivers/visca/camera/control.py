"""What a command asks of the camera: commands in VISCA units become actions in parts of a range."""

from collections.abc import Callable
from enum import Enum, auto
from functools import singledispatch

from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.profile import Position, Profile, Range
from drivers.visca.model.stored_positions import Presets
from drivers.visca.wire import commands as visca
from drivers.visca.wire.layout import Message

Where = Callable[[], Position]


class Verdict(Enum):
    """What becomes of a command that asks for no action."""

    NOTHING_TO_DO = auto()  # it is as the controller wants it
    NOT_EXECUTABLE = auto()  # understood, but this camera cannot


_PAN = {visca.Pan.LEFT: -1, visca.Pan.RIGHT: 1, visca.Pan.STOP: 0}
_TILT = {visca.Tilt.UP: 1, visca.Tilt.DOWN: -1, visca.Tilt.STOP: 0}


@singledispatch
def translate(command: Message, where: Where, profile: Profile) -> Action | Verdict:  # noqa: ARG001 - dispatched on type
    """What `command` asks for, now that the camera is `where` it is; NOT_EXECUTABLE for all that we cannot do.

    We have no focus to move by hand, no limits and no standby. Focus is automatic, which is when
    Sony's cameras refuse to move it too, so that controllers know the answer.
    """
    return Verdict.NOT_EXECUTABLE


@translate.register
def _(command: visca.PanTiltDrive, _where: Where, profile: Profile) -> Action:
    return Drive(
        pan=_PAN[command.pan],
        tilt=_TILT[command.tilt],
        pan_speed=_speed(command.pan_speed, profile.pan_speed),
        tilt_speed=_speed(command.tilt_speed, profile.tilt_speed),
    )


@translate.register
def _(command: visca.PanTiltAbsolute, where: Where, profile: Profile) -> Action | Verdict:
    if _in_other_units(command, profile):
        return Verdict.NOT_EXECUTABLE
    here = where()
    pan = None if here.pan is None else profile.pan.part(command.pan)
    tilt = None if here.tilt is None else profile.tilt.part(command.tilt)
    return _to(pan, tilt)


@translate.register
def _(command: visca.PanTiltRelative, where: Where, profile: Profile) -> Action | Verdict:
    if _in_other_units(command, profile):
        return Verdict.NOT_EXECUTABLE
    here = where()
    return _to(_beside(here.pan, command.pan, profile.pan), _beside(here.tilt, command.tilt, profile.tilt))


@translate.register(visca.PanTiltHome)
@translate.register(visca.PanTiltReset)
def _(_command: Message, _where: Where, _profile: Profile) -> Action:
    return Home()


@translate.register
def _(_command: visca.ZoomStop, _where: Where, _profile: Profile) -> Action:
    return Drive(zoom=0)


@translate.register
def _(_command: visca.ZoomTele, _where: Where, _profile: Profile) -> Action:
    return Drive(zoom=1)


@translate.register
def _(_command: visca.ZoomWide, _where: Where, _profile: Profile) -> Action:
    return Drive(zoom=-1)


@translate.register
def _(command: visca.ZoomTeleVariable, _where: Where, profile: Profile) -> Action:
    return Drive(zoom=1, zoom_speed=_speed(command.speed + 1, profile.zoom_speed + 1))


@translate.register
def _(command: visca.ZoomWideVariable, _where: Where, profile: Profile) -> Action:
    return Drive(zoom=-1, zoom_speed=_speed(command.speed + 1, profile.zoom_speed + 1))


@translate.register(visca.ZoomDirect)
@translate.register(visca.ZoomFocusDirect)
def _(command: visca.ZoomDirect | visca.ZoomFocusDirect, where: Where, profile: Profile) -> Action | Verdict:
    if where().zoom is None:
        return Verdict.NOT_EXECUTABLE
    return DriveTo(zoom=profile.zoom.part(command.zoom))


@translate.register(visca.Power)
def _(command: visca.Power, _where: Where, _profile: Profile) -> Verdict:
    return _only(command.state is visca.Switch.ON)


@translate.register(visca.Menu)
@translate.register(visca.DigitalZoom)
def _(command: visca.Menu | visca.DigitalZoom, _where: Where, _profile: Profile) -> Verdict:
    return _only(command.state is visca.Switch.OFF)


@translate.register
def _(command: visca.Focus, _where: Where, _profile: Profile) -> Verdict:
    return _only(command.mode is visca.FocusMode.AUTO)


@translate.register
def _(command: visca.FocusDrive, _where: Where, _profile: Profile) -> Verdict:
    return _only(command.motion == 0)


def remember(command: visca.Memory, here: Position, presets: Presets) -> Action | Verdict:
    """What a command about stored positions asks for, now that the camera is `here`; places are kept in `presets`."""
    match command.action:
        case visca.MemoryAction.RECALL:
            return _to_place(command.number, presets.recall(command.number), here)
        case visca.MemoryAction.SET:
            known = here != Position()
            return _only(known and presets.store(command.number, here))
        case visca.MemoryAction.RESET:
            return _only(presets.forget(command.number))


def _to_place(number: int, place: Position | None, here: Position) -> Action | Verdict:
    """The way to a stored place, by the axes that the camera still has."""
    if place is None:
        return Verdict.NOT_EXECUTABLE
    axes = ((place.pan, here.pan), (place.tilt, here.tilt), (place.zoom, here.zoom))
    pan, tilt, zoom = (None if is_at is None else to for to, is_at in axes)
    return DriveTo(pan, tilt, zoom, number) if (pan, tilt, zoom) != (None, None, None) else Verdict.NOT_EXECUTABLE


def _only(is_so: bool) -> Verdict:  # noqa: FBT001 - the one thing it says
    """The verdict on a command that asks for nothing, but must be true."""
    return Verdict.NOTHING_TO_DO if is_so else Verdict.NOT_EXECUTABLE


def _in_other_units(command: visca.PanTiltAbsolute | visca.PanTiltRelative, profile: Profile) -> bool:
    """Whether a position has as many nibbles as another model's: its units are not ours either."""
    return isinstance(command, visca.PanTiltAbsoluteLong | visca.PanTiltRelativeLong) is not profile.long_pan


def _to(pan: float | None, tilt: float | None) -> Action | Verdict:
    if pan is None and tilt is None:
        return Verdict.NOT_EXECUTABLE
    return DriveTo(pan=pan, tilt=tilt)


def _beside(here: float | None, distance: int, axis: Range) -> float | None:
    return None if here is None else axis.part(axis.units(here) + distance)


def _speed(value: int, highest: int) -> float:
    """A speed as a part of the highest; 0 is slow, and too fast is fast."""
    return min(max(value, 1), highest) / highest
