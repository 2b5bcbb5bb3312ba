"""The mute key of a telephony device, and devices that refuse to be unmuted. No I/O.

A mute key reports a state, or only that it was pressed. A device with a mute lock says "muted" again when its lamp goes
dark, at once or after having followed it. That is respected: the room is muted again. So that no two machines go on
muting and unmuting each other, what a device says just after its lamp changed counts a few times only.
"""

from typing import Final

from drivers.speakerphone.following import ECHO, Following
from drivers.speakerphone.reports import Change, Heard
from drivers.speakerphone.requests import MuteKey, MuteLock, Request
from drivers.speakerphone.usages import PHONE_MUTE

DUPLICATE: Final = 0.05  # seconds within which two one-shot mutes are one press, sent in two reports
ANSWERS: Final = 4  # requests just after the lamp changed that count, one after the other
FORGIVEN: Final = 10.0  # seconds after which they are counted anew
LOCKS: Final = 2  # refusals, one after the other, that make a lock; one alone may be a quick finger


class Muting:
    """What a device asks for about its microphone. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._switch = Following()
        self._pressed_at = float("-inf")
        self._locked = False
        self._refusing = False  # it said "muted" since the lamp went dark, and nothing else
        self._refused = False  # since the lamp went dark
        self._settled = True
        self._answers = self._refusals = 0
        self._answered_at = float("-inf")

    @property
    def deadline(self) -> float:
        """When it is known whether the device follows its lamp into the dark; infinite where nothing is awaited."""
        return float("inf") if self._settled else self._switch.changed_at + ECHO

    def lit(self, *, on: bool, now: float) -> None:
        """The lamp is sent, lit or dark."""
        if on != self._switch.lamp:
            self._refusing = self._refused = False
            self._settled = on
        self._switch.lit(on=on, now=now)

    def heard(self, report: Heard, now: float) -> list[Request]:
        """What a person, or a lock, asks for with this report."""
        state = bool(report.values.get(PHONE_MUTE))
        if PHONE_MUTE in report.values:
            self._switch.reported(state=state)
        change = next((change for change in report.changes if change.usage == PHONE_MUTE), None)
        if change is not None:
            return self._changed(change, now)
        if PHONE_MUTE in report.values:
            self._refusing = state and not self._settled and (self._refusing or report.repeated)
        return []

    def settle(self, now: float) -> list[Request]:
        """The time is over in which the device could have followed its lamp."""
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
            return MuteKey(state) if self._switch.asks(state=state, now=now) else None
        duplicate = now - self._pressed_at < DUPLICATE
        self._pressed_at = now
        return None if duplicate else MuteKey()

    def _answer(self, request: MuteKey, now: float, *, sure: bool = False) -> list[Request]:
        """What comes with the change of the lamp, from a quick finger or from the device itself."""
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
