"""The conversation with a telephony device. No I/O.

What a device sends is a request, not a state: the host answers with lamps, and the device follows them. So a device
says "hook off" when its key is pressed, but also, as an echo, when we light its off-hook lamp; and it falls back by
itself when we do not. The lamp is therefore what the hook is compared with:

- a hook as our lamp has it is an echo, an acknowledgement or a fall back: nobody pressed anything;
- another hook is a request, if the device says it now: it changed, or the report says nothing else;
- until the device has acknowledged a change of the lamp, half a second is given for reports that crossed it.

The same holds for mute and hold keys that report a state. One that only says "pressed" asks for the other state.

Some devices go on hook with flash, or when their hold lamp is lit: that hangs up nothing.
"""

from typing import Final

import msgspec

from drivers.speakerphone.following import ECHO, Following
from drivers.speakerphone.muting import Muting
from drivers.speakerphone.profiles import GENERIC, Profile
from drivers.speakerphone.reports import Change, Heard
from drivers.speakerphone.requests import (
    Digit,
    Flash,
    HoldKey,
    HookOff,
    HookOn,
    Redial,
    Reject,
    Request,
    VolumeKey,
)
from drivers.speakerphone.usages import (
    DROP,
    FLASH,
    HOLD,
    HOOK_SWITCH,
    KEYS,
    LED_HOLD,
    LED_MICROPHONE,
    LED_MUTE,
    LED_OFF_HOOK,
    LED_RING,
    PHONE_MUTE,
    REDIAL,
    REJECT_BUTTONS,
    VOLUME,
    VOLUME_DOWN,
    VOLUME_UP,
)


class Lamps(msgspec.Struct, frozen=True, kw_only=True):
    """What a speakerphone shows."""

    off_hook: bool = False
    ring: bool = False
    mute: bool = False
    hold: bool = False

    def usages(self) -> frozenset[int]:
        """The usages that are lit. Mute has two: devices differ in which they have."""
        lit = {LED_OFF_HOOK: self.off_hook, LED_RING: self.ring, LED_HOLD: self.hold}
        return frozenset(usage for usage, on in {**lit, LED_MUTE: self.mute, LED_MICROPHONE: self.mute}.items() if on)


LAMP_USAGES: Final = Lamps(off_hook=True, ring=True, mute=True, hold=True).usages()


class Conversation:
    """Turns what one device reports into requests, knowing the lamps it was sent. `now`: monotonic seconds."""

    def __init__(self, profile: Profile = GENERIC) -> None:
        self._profile = profile
        self._hook = Following()
        self._muting = Muting()
        self._hold = Following()
        self._ringing = False
        self._on_hook_reports = 0
        self._sent = float("-inf")
        self._rested = float("-inf")

    def lamps_sent(self, lamps: Lamps, now: float) -> None:
        """To be called just before the lamps go out."""
        self._hook.lit(on=lamps.off_hook, now=now)
        self._muting.lit(on=lamps.mute, now=now)
        if lamps.hold != self._hold.lamp:
            self._rested = now
        self._hold.lit(on=lamps.hold, now=now)
        if lamps.ring != self._ringing:
            self._ringing, self._on_hook_reports = lamps.ring, 0
        self._sent = now

    def heard(self, report: Heard, now: float) -> list[Request]:
        """What a person asks for with this report."""
        for usage, followed in ((HOOK_SWITCH, self._hook), (HOLD, self._hold)):
            if usage in report.values:
                followed.reported(state=bool(report.values[usage]))
        asked = [request for change in report.changes if (request := self._key(change, now))]
        asked += self._muting.heard(report, now)
        return asked + self._hook_says(report, now)

    @property
    def deadline(self) -> float:
        """When `settle` is to be called, if nothing was heard before; infinite where it need not."""
        return self._muting.deadline

    def settle(self, now: float) -> list[Request]:
        """What the device asks for by having kept to something until the deadline."""
        return self._muting.settle(now)

    def _key(self, change: Change, now: float) -> Request | None:
        usage = change.usage
        if usage == HOLD:
            return self._hold_says(change, now)
        if usage == VOLUME:
            return VolumeKey(1 if change.value > 0 else -1) if change.relative else None
        if not change.value or usage in (HOOK_SWITCH, PHONE_MUTE):
            return None
        if usage == FLASH:
            self._rested = now
        return None if usage in REJECT_BUTTONS and usage not in self._profile.rejects else _PRESSED[usage]

    def _hold_says(self, change: Change, now: float) -> Request | None:
        self._rested = now
        if change.relative:
            return HoldKey()
        state = bool(change.value)
        return HoldKey(state) if self._hold.asks(state=state, now=now) else None

    def _hook_says(self, report: Heard, now: float) -> list[Request]:
        change = next((change for change in report.changes if change.usage == HOOK_SWITCH), None)
        if change is not None and change.relative:
            return [HookOn() if self._hook.lamp else HookOff()]
        if HOOK_SWITCH not in report.values:
            return []
        off = bool(report.values[HOOK_SWITCH])
        answer = report.repeated and now - self._sent < ECHO
        if self._hook.asks(state=off, now=now):
            said = change is not None or (report.repeated and not answer)
            rests = not off and now - self._rested < ECHO
            return [HookOff() if off else HookOn()] if said and not rests else []
        if self._ringing and not off and report.repeated and not answer:
            return self._on_hook_while_ringing()
        return []

    def _on_hook_while_ringing(self) -> list[Request]:
        self._on_hook_reports += 1
        if self._on_hook_reports < self._profile.rejecting_reports:
            return []
        self._on_hook_reports = 0
        return [Reject()]


_PRESSED: Final[dict[int, Request]] = {
    FLASH: Flash(),
    REDIAL: Redial(),
    DROP: HookOn(),
    VOLUME_UP: VolumeKey(1),
    VOLUME_DOWN: VolumeKey(-1),
    **dict.fromkeys(REJECT_BUTTONS, Reject()),
    **{usage: Digit(symbol) for usage, symbol in KEYS.items()},
}
