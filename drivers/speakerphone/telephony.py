"""Turns the reports of a telephony device into what a person asks for. No I/O.

In HID telephony the host owns the call. A hook switch that goes off hook is a *request*; the host answers by lighting
the off-hook lamp, and the device follows the lamp. Without that answer the device falls back to on hook after about two
seconds. The same bytes therefore mean "a key was pressed", "I followed your lamp" or "I gave up waiting", and the lamp
is what a hook is compared with (`lamp_state`):

- hook equal to the lamp: an acknowledgement or a fallback, never a request;
- hook different from the lamp: a request, where it changed now. The same report again is a request only where a
  repetition of this device means something (`repetition`);
- a report within half a second of a change of the lamp, before the device has acknowledged it: it may have been on its
  way already, and is ignored.

Mute (`muting`) and hold keys that report a state work the same way. One that only says "pressed" asks for the other
state.

Special cases, each seen on real devices:

- While ringing, some devices without a reject key decline by saying "on hook" again, which they are anyway. Such a
  device has a profile, because others state the same once a second.
- Some go on hook together with flash, or when their hold lamp is lit; for `ECHO` seconds that does not hang up.
- A hook declared as one-shot says "pressed" and has no state: it goes off hook, or on hook while the lamp is lit.
"""

from typing import Final

import msgspec

from drivers.speakerphone.lamp_state import ECHO, LampState
from drivers.speakerphone.muting import Muting
from drivers.speakerphone.profiles import GENERIC, Profile
from drivers.speakerphone.repetition import Repetition
from drivers.speakerphone.reports import Change, InputReport
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
    """The lamps of a speakerphone, lit or dark."""

    off_hook: bool = False
    ring: bool = False
    mute: bool = False
    hold: bool = False

    def usages(self) -> frozenset[int]:
        """Returns the usages that are lit. Mute has two because devices differ in which one they have."""
        lit = {LED_OFF_HOOK: self.off_hook, LED_RING: self.ring, LED_HOLD: self.hold}
        return frozenset(usage for usage, on in {**lit, LED_MUTE: self.mute, LED_MICROPHONE: self.mute}.items() if on)


LAMP_USAGES: Final = Lamps(off_hook=True, ring=True, mute=True, hold=True).usages()


class Conversation:
    """The dialogue with one device: its reports, the lamps it was sent, and the time. `now`: monotonic seconds."""

    def __init__(self, profile: Profile = GENERIC) -> None:
        self._profile = profile
        self._hook = LampState()
        self._muting = Muting()
        self._hold = LampState()
        self._repetition = Repetition(repeats=profile.repeats)
        self._lamps: Lamps | None = None
        self._in_call = self._ringing = False
        self._on_hook_reports = 0
        self._rested = float("-inf")

    def lamps_sent(self, lamps: Lamps, now: float, *, off_hook: bool | None = None) -> None:
        """Notes the lamps; call it just before they are written to the device.

        `off_hook`: the off-hook lamp as written, which a profile may light for another lamp's sake.
        """
        self._in_call = lamps.off_hook
        self._hook.set_lamp(on=lamps.off_hook if off_hook is None else off_hook, now=now)
        self._muting.set_lamp(on=lamps.mute, now=now)
        if lamps.hold != self._hold.lamp:
            self._rested = now
        self._hold.set_lamp(on=lamps.hold, now=now)
        self._repetition.lamps_sent(idle=lamps == Lamps(), changed=lamps != self._lamps, now=now)
        self._lamps = lamps
        if lamps.ring != self._ringing:
            self._ringing, self._on_hook_reports = lamps.ring, 0

    def heard(self, report: InputReport, now: float) -> list[Request]:
        """Returns what a person asks for with this report."""
        counts = self._repetition.counts(report, now)
        if report.again:
            report = self._pressed_again(report, now, counts=counts)
        for usage, lamp in ((HOOK_SWITCH, self._hook), (HOLD, self._hold)):
            if usage in report.values:
                lamp.reported(state=bool(report.values[usage]))
        asked = [request for change in report.changes if (request := self._key(change, now))]
        asked += self._muting.heard(report, now, restated=self._repetition.restates(now))
        return asked + self._hook_says(report, now, counts=counts and not report.again)

    def _pressed_again(self, report: InputReport, now: float, *, counts: bool) -> InputReport:
        """Returns the report with the one-shots that count although the whole report is a repetition.

        Volume keys do unless the device restates its status: a wrong step is heard at once, and done no harm.
        """
        volume = not self._repetition.restates(now)
        again = [each for each in report.again if counts or (volume and each.usage in (VOLUME_UP, VOLUME_DOWN))]
        return msgspec.structs.replace(report, changes=(*report.changes, *again))

    @property
    def deadline(self) -> float:
        """When `settle` is to be called if nothing was heard before; infinite where it need not be."""
        return self._muting.deadline

    def settle(self, now: float) -> list[Request]:
        """Returns what the device asks for by not having changed until the deadline."""
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
        return HoldKey(state) if self._hold.is_request(state=state, now=now) else None

    def _hook_says(self, report: InputReport, now: float, *, counts: bool) -> list[Request]:
        change = next((change for change in report.changes if change.usage == HOOK_SWITCH), None)
        if change is not None and change.relative:
            return [HookOn() if self._in_call else HookOff()]
        if HOOK_SWITCH not in report.values:
            return []
        off = bool(report.values[HOOK_SWITCH])
        if self._hook.is_request(state=off, now=now):
            rests = not off and now - self._rested < ECHO
            asks = HookOff() if off or not self._in_call else HookOn()
            return [asks] if (change is not None or counts) and not rests else []
        return self._on_hook_while_ringing() if self._ringing and not off and counts else []

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
