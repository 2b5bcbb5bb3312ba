"""The replies of the camera to inquiries."""

from collections.abc import Mapping
from functools import singledispatch

import msgspec

from drivers.visca.model.profile import Position, Profile
from drivers.visca.wire import blocks
from drivers.visca.wire import inquiries as visca
from drivers.visca.wire.commands import FocusMode
from drivers.visca.wire.layout import Message
from drivers.visca.wire.settings import Setting, SettingInquiry, TallyInquiry
from drivers.visca.wire.switch import Switch


class Condition(msgspec.Struct, frozen=True):
    """The state that inquiries ask for: model, position, whether pan or tilt moves, and the preset used last.

    `automatic`: focus, white balance and exposure are known to be automatic, as the camera has no other mode.
    """

    profile: Profile
    position: Position
    moving: bool
    last_preset: int | None = None
    automatic: bool = True


@singledispatch
def answer(inquiry: Message, now: Condition) -> Message | None:  # noqa: ARG001  # dispatched on type
    """Returns the reply to `inquiry`, or None where the value is unknown: focus, an axis without a position."""
    return None


@answer.register
def _(_inquiry: visca.VersionInquiry, now: Condition) -> Message:
    return visca.Version(vendor=now.profile.vendor, model=now.profile.model, rom=now.profile.rom)


@answer.register
def _(_inquiry: visca.PowerInquiry, _now: Condition) -> Message:
    return visca.SwitchState(Switch.ON)


@answer.register
def _(_inquiry: visca.MenuInquiry, _now: Condition) -> Message:
    return visca.SwitchState(Switch.OFF)


@answer.register
def _(_inquiry: visca.FocusModeInquiry, now: Condition) -> Message | None:
    return visca.FocusModeState(FocusMode.AUTO) if now.automatic else None


_AUTOMATIC: Mapping[Setting, Message] = {
    Setting.WHITE_BALANCE: visca.Mode(0),  # 00: automatic
    Setting.EXPOSURE_MODE: visca.Mode(0),  # 00: full auto
    Setting.BACKLIGHT: visca.SwitchState(Switch.OFF),
}


@answer.register
def _(inquiry: SettingInquiry, now: Condition) -> Message | None:
    return _AUTOMATIC.get(inquiry.setting) if now.automatic else None


@answer.register
def _(_inquiry: TallyInquiry, now: Condition) -> Message | None:
    return visca.SwitchState(Switch.OFF) if now.automatic else None


@answer.register
def _(_inquiry: blocks.LensBlockInquiry, now: Condition) -> Message | None:
    zoom = now.position.zoom
    return None if zoom is None else blocks.LensBlock(zoom=now.profile.zoom.units(zoom))


@answer.register
def _(_inquiry: blocks.CameraBlockInquiry, now: Condition) -> Message | None:
    return blocks.AutomaticCameraBlock() if now.automatic else None


@answer.register
def _(_inquiry: blocks.OtherBlockInquiry, _now: Condition) -> Message:
    return blocks.OtherBlock()


@answer.register
def _(_inquiry: blocks.EnlargementBlockInquiry, now: Condition) -> Message | None:
    return blocks.PlainEnlargementBlock() if now.automatic else None


@answer.register
def _(_inquiry: visca.IdInquiry, _now: Condition) -> Message:
    return visca.ValueReply(0)


@answer.register
def _(_inquiry: visca.ZoomInquiry, now: Condition) -> Message | None:
    zoom = now.position.zoom
    return None if zoom is None else visca.ValueReply(now.profile.zoom.units(zoom))


@answer.register
def _(_inquiry: visca.MemoryInquiry, now: Condition) -> Message | None:
    return None if now.last_preset is None else visca.LastMemory(now.last_preset)


@answer.register
def _(_inquiry: visca.PanTiltInquiry, now: Condition) -> Message | None:
    pan, tilt = now.position.pan, now.position.tilt
    if pan is None or tilt is None:
        return None
    kind = visca.PanTiltPositionLong if now.profile.long_pan else visca.PanTiltPosition
    return kind(pan=now.profile.pan.units(pan), tilt=now.profile.tilt.units(tilt))


@answer.register
def _(_inquiry: visca.MaxSpeedInquiry, now: Condition) -> Message:
    return visca.MaxSpeed(now.profile.pan_speed, now.profile.tilt_speed)


@answer.register
def _(_inquiry: visca.StatusInquiry, now: Condition) -> Message:
    pan, tilt = now.position.pan, now.position.tilt
    facts = {
        visca.Status.MOVING: now.moving,
        visca.Status.AT_LEFT: pan == 0.0,
        visca.Status.AT_RIGHT: pan == 1.0,
        visca.Status.AT_BOTTOM: tilt == 0.0,
        visca.Status.AT_TOP: tilt == 1.0,
        visca.Status.PAN_UNKNOWN: pan is None,
        visca.Status.TILT_UNKNOWN: tilt is None,
    }
    return visca.PanTiltStatus(sum((bit for bit, so in facts.items() if so), int(visca.Status.INITIALISED)))
