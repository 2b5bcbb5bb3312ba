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

from drivers.speakerphone.reports import Change, Heard
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

ECHO: Final = 0.5  # seconds in which a report may be a device's answer to what we sent
DUPLICATE: Final = 0.05  # seconds within which two one-shot mutes are one press, sent in two reports
REJECTING_REPORTS: Final = 2  # "on hook" while ringing: the first may be the answer to the ring lamp


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


class Request(msgspec.Struct, frozen=True):
    """Base of what a person asks for with a speakerphone."""


class HookOff(Request, frozen=True):
    """The call key, or the handset was lifted."""


class HookOn(Request, frozen=True):
    """The call key again, the hang-up key, or the handset was put down."""


class Reject(Request, frozen=True):
    """The key for declining a call. Devices with one hang-up key send it outside of a call that they know of."""


class MuteKey(Request, frozen=True):
    """Mute (True), unmute (False), or the other of the two (None)."""

    on: bool | None = None


class HoldKey(Request, frozen=True):
    """Hold (True), go on (False), or the other of the two (None)."""

    on: bool | None = None


class Flash(Request, frozen=True):
    """The key for hold or a second call."""


class Redial(Request, frozen=True):
    """The redial key."""


class VolumeKey(Request, frozen=True):
    """+1 louder, -1 quieter."""

    step: int


class Digit(Request, frozen=True):
    """A dialling key: 0-9 * # A-D."""

    symbol: str


class _Followed:
    """A state that a device reports and our lamp sets: the hook, or a mute switch."""

    def __init__(self) -> None:
        self.lamp = False
        self._lamp_changed = float("-inf")
        self._acknowledged = True

    def lit(self, *, on: bool, now: float) -> None:
        if on != self.lamp:
            self.lamp, self._lamp_changed, self._acknowledged = on, now, False

    def reported(self, *, state: bool) -> None:
        self._acknowledged = self._acknowledged or state == self.lamp

    def asks(self, *, state: bool, now: float) -> bool:
        """True when a device in this state wants another than the lamp shows."""
        return state != self.lamp and (self._acknowledged or now - self._lamp_changed >= ECHO)


class Conversation:
    """Turns what one device reports into requests, knowing the lamps it was sent. `now`: monotonic seconds."""

    def __init__(self) -> None:
        self._hook = _Followed()
        self._mute = _Followed()
        self._hold = _Followed()
        self._ringing = False
        self._on_hook_reports = 0
        self._sent = float("-inf")
        self._rested = float("-inf")
        self._muted = float("-inf")

    def lamps_sent(self, lamps: Lamps, now: float) -> None:
        """To be called just before the lamps go out."""
        self._hook.lit(on=lamps.off_hook, now=now)
        self._mute.lit(on=lamps.mute, now=now)
        if lamps.hold != self._hold.lamp:
            self._rested = now
        self._hold.lit(on=lamps.hold, now=now)
        if lamps.ring != self._ringing:
            self._ringing, self._on_hook_reports = lamps.ring, 0
        self._sent = now

    def heard(self, report: Heard, now: float) -> list[Request]:
        """What a person asks for with this report."""
        for usage, followed in ((HOOK_SWITCH, self._hook), (PHONE_MUTE, self._mute), (HOLD, self._hold)):
            if usage in report.values:
                followed.reported(state=bool(report.values[usage]))
        asked = [request for change in report.changes if (request := self._key(change, now))]
        if HOOK_SWITCH in report.values:
            asked += self._hook_says(report, now)
        return asked

    def _key(self, change: Change, now: float) -> Request | None:
        usage = change.usage
        if usage == PHONE_MUTE:
            return self._mute_says(change, now)
        if usage == HOLD:
            return self._hold_says(change, now)
        if usage == VOLUME:
            return VolumeKey(1 if change.value > 0 else -1) if change.relative else None
        if not change.value or usage == HOOK_SWITCH:
            return None
        if usage == FLASH:
            self._rested = now
        return _PRESSED[usage]

    def _mute_says(self, change: Change, now: float) -> Request | None:
        if not change.relative:
            state = bool(change.value)
            return MuteKey(state) if self._mute.asks(state=state, now=now) else None
        duplicate = now - self._muted < DUPLICATE
        self._muted = now
        return None if duplicate else MuteKey()

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
        if self._on_hook_reports < REJECTING_REPORTS:
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
