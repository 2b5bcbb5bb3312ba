"""The mute key of a telephony device, and devices that refuse to be unmuted. No I/O.

A mute key reports a state (absolute: compared with the lamp, see `lamp_state`) or only that it was pressed (one-shot:
asks for the other state).

A device with a *mute lock* (a slider over the microphone, an administrator's setting) does not stay unmuted when its
mute lamp goes dark. It says "muted" again, either at once or after having followed the lamp for a moment. The room
respects that and mutes again:

- "Muted", repeated within `ECHO` seconds after the lamp went dark and not taken back until then, is a refusal, known
  when the time is over (`deadline`, `settle`). One such refusal is enough.
- A request to mute again within `ECHO` seconds may also be a person with quick fingers; it is obeyed, and two in a row
  are a lock.
- The lock is reported once when it closes (`MuteLock(True)`) and once when the device follows a dark lamp again.

Two machines could go on muting and unmuting each other for ever: the device answers the lamp, the room answers the
device. What comes within `ECHO` seconds of a change of the lamp is therefore obeyed `ANSWERS` times in a row only, and
is counted anew after `FORGIVEN` seconds. Where the count ends, the room stays muted.
"""

from typing import Final

from drivers.speakerphone.lamp_state import ECHO, LampState
from drivers.speakerphone.reports import Change, InputReport
from drivers.speakerphone.requests import MuteKey, MuteLock, Request
from drivers.speakerphone.usages import PHONE_MUTE

DUPLICATE: Final = 0.05  # seconds within which two one-shot mutes are one press; Poly sends it in two reports
ANSWERS: Final = 4  # requests just after the lamp changed that are obeyed in a row; people need no more than two
FORGIVEN: Final = 10.0  # seconds after which they are counted anew; longer than any exchange between two machines
LOCKS: Final = 2  # refusals in a row that make a lock; a single one may be a person with quick fingers


class Muting:
    """What one device asks for about its microphone. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._switch = LampState()
        self._pressed_at = float("-inf")
        self._locked = False
        self._refusing = False  # since the lamp went dark the device has said "muted" and nothing else
        self._refused = False  # a refusal since the lamp went dark
        self._settled = True
        self._answers = self._refusals = 0
        self._answered_at = float("-inf")

    @property
    def deadline(self) -> float:
        """When it is known whether the device follows a lamp that went dark; infinite where nothing is awaited."""
        return float("inf") if self._settled else self._switch.changed_at + ECHO

    def set_lamp(self, *, on: bool, now: float) -> None:
        """Notes that the lamp is sent, lit or dark."""
        if on != self._switch.lamp:
            self._refusing = self._refused = False
            self._settled = on
        self._switch.set_lamp(on=on, now=now)

    def heard(self, report: InputReport, now: float, *, restated: bool = False) -> list[Request]:
        """Returns what a person, or a mute lock, asks for with this report.

        `restated`: the device states its status by itself, so a repeated "muted" is no refusal.
        """
        state = bool(report.values.get(PHONE_MUTE))
        if PHONE_MUTE in report.values:
            self._switch.reported(state=state)
        change = next((change for change in report.changes if change.usage == PHONE_MUTE), None)
        if change is not None:
            return self._changed(change, now)
        if PHONE_MUTE in report.values:
            again = report.repeated and not restated
            self._refusing = state and not self._settled and (self._refusing or again)
        return []

    def settle(self, now: float) -> list[Request]:
        """Returns what follows from the device's silence, once the time to follow its lamp is over."""
        self._settled = True
        if self._refusing:
            return self._answer(MuteKey(on=True), now, sure=True)
        return [] if self._refused else self._lock(on=False)

    def _changed(self, change: Change, now: float) -> list[Request]:
        request = self._asked(change, now)
        if request is None:
            return []
        return self._answer(request, now) if now - self._switch.changed_at < ECHO else [request]

    def _asked(self, change: Change, now: float) -> MuteKey | None:
        if not change.relative:
            state = bool(change.value)
            self._refusing = False
            return MuteKey(state) if self._switch.is_request(state=state, now=now) else None
        duplicate = now - self._pressed_at < DUPLICATE
        self._pressed_at = now
        return None if duplicate else MuteKey()

    def _answer(self, request: MuteKey, now: float, *, sure: bool = False) -> list[Request]:
        """Counts a request that comes just after the lamp changed: from a quick finger or from the device itself."""
        if now - self._answered_at > FORGIVEN:
            self._answers = self._refusals = 0
        self._answers, self._answered_at = self._answers + 1, now
        if self._switch.lamp:
            return [request] if self._answers <= ANSWERS else []
        self._refused = True
        self._refusals += 1
        locked = self._lock(on=True) if sure or self._refusals >= LOCKS else []
        return [*locked, request] if self._refusals <= ANSWERS else locked

    def _lock(self, *, on: bool) -> list[Request]:
        if on == self._locked:
            return []
        self._locked = on
        return [MuteLock(on)]
