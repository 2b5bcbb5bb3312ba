"""Encodes actions as the VISCA commands that a model understands."""

from collections.abc import Iterator
from enum import Enum, auto

from drivers.visca.model.actions import Drive, DriveTo
from drivers.visca.model.profile import Profile
from drivers.visca.wire import commands as visca
from drivers.visca.wire.layout import Message

USUAL_SPEED = 0.5
"""Fraction of the highest speed used where the action names none."""


class Group(Enum):
    """The axes that one command moves; each group has its own drive and stop."""

    PAN_TILT = auto()
    ZOOM = auto()


_PAN = {-1: visca.Pan.LEFT, 0: visca.Pan.STOP, 1: visca.Pan.RIGHT}
_TILT = {-1: visca.Tilt.DOWN, 0: visca.Tilt.STOP, 1: visca.Tilt.UP}


def pan_tilt(pan: int, tilt: int, drive: Drive, profile: Profile) -> visca.PanTiltDrive:
    """Returns the drive for directions -1, 0 or +1. Speeds are at least 1 on both axes: some cameras refuse 0."""
    return visca.PanTiltDrive(
        pan_speed=_speed(drive.pan_speed, profile.pan_speed),
        tilt_speed=_speed(drive.tilt_speed, profile.tilt_speed),
        pan=_PAN[pan],
        tilt=_TILT[tilt],
    )


def zoom(way: int, drive: Drive, profile: Profile, *, variable: bool = True) -> Message:
    """Returns the zoom command for direction -1, 0 or +1; the slowest zoom has speed 0.

    `variable`: whether the camera has speeds for it; else it zooms at its standard speed.
    """
    if way == 0:
        return visca.ZoomStop()
    if not variable:
        return visca.ZoomTele() if way > 0 else visca.ZoomWide()
    speed = _speed(drive.zoom_speed, profile.zoom_speed + 1) - 1
    return visca.ZoomTeleVariable(speed) if way > 0 else visca.ZoomWideVariable(speed)


def stop_of(group: Group) -> Message:
    """Returns the command that ends all movement of a group."""
    if group is Group.ZOOM:
        return visca.ZoomStop()
    return visca.PanTiltDrive(pan_speed=1, tilt_speed=1, pan=visca.Pan.STOP, tilt=visca.Tilt.STOP)


def moves_to(target: DriveTo, profile: Profile) -> Iterator[Message]:
    """Yields the commands that move to a position. Raises ValueError: when only one of pan and tilt is named."""
    if (target.pan is None) is not (target.tilt is None):
        raise ValueError("VISCA goes to a place with pan and tilt together; only one of them was given")
    if target.pan is not None and target.tilt is not None:
        speed = 1.0 if target.speed is None else target.speed
        kind = visca.PanTiltAbsoluteLong if profile.long_pan else visca.PanTiltAbsolute
        yield kind(
            pan_speed=_speed(speed, profile.pan_speed),
            tilt_speed=_speed(speed, profile.tilt_speed) if profile.tilt_speed_in_moves else 0,
            pan=profile.pan.units(target.pan),
            tilt=profile.tilt.units(target.tilt),
        )
    if target.zoom is not None:
        yield visca.ZoomDirect(profile.zoom.units(target.zoom))


def moved_by(message: Message) -> tuple[Group, ...]:
    """Returns the axes that a command sends to a position; none where it starts no such movement."""
    if isinstance(message, visca.Memory):
        return tuple(Group) if message.action is visca.MemoryAction.RECALL else ()
    if isinstance(message, visca.ZoomDirect | visca.ZoomFocusDirect):
        return (Group.ZOOM,)
    kinds = visca.PanTiltAbsolute | visca.PanTiltRelative | visca.PanTiltHome | visca.PanTiltReset
    return (Group.PAN_TILT,) if isinstance(message, kinds) else ()


def _speed(part: float | None, highest: int) -> int:
    return min(max(round((USUAL_SPEED if part is None else part) * highest), 1), highest)
