"""The steps of a recording: what a person is asked to do, and which requests that should be taken for."""

from typing import Final

import msgspec

from drivers.speakerphone.requests import (
    Digit,
    Flash,
    HoldKey,
    HookOff,
    HookOn,
    MuteKey,
    Redial,
    Reject,
    Request,
    VolumeKey,
)
from drivers.speakerphone.telephony import Lamps

IDLE: Final = Lamps()
RINGING: Final = Lamps(ring=True)
TALKING: Final = Lamps(off_hook=True)
MUTED: Final = Lamps(off_hook=True, mute=True)


class Step(msgspec.Struct, frozen=True):
    """One thing to do. `before`, `after`: the lamps around it; `means`: the requests that it may be taken for."""

    name: str
    ask: str
    before: Lamps
    after: Lamps
    means: tuple[Request, ...]
    several: bool = False  # a key that may repeat itself while it is down


STEPS: Final = (
    Step("call", "Nobody calls. Press the key that starts a call, or lift the handset", IDLE, TALKING, (HookOff(),)),
    Step("mute", "You are in a call. Press mute", TALKING, MUTED, (MuteKey(on=True), MuteKey())),
    Step("unmute", "You are muted. Press mute again", MUTED, TALKING, (MuteKey(on=False), MuteKey())),
    Step("louder", "Press volume up, once", TALKING, TALKING, (VolumeKey(1),), several=True),
    Step("quieter", "Press volume down, once", TALKING, TALKING, (VolumeKey(-1),), several=True),
    Step("digit", "Press the key 5, if there is one", TALKING, TALKING, (Digit("5"),)),
    Step("hold", "Press hold or flash", TALKING, TALKING, (Flash(), HoldKey(on=True), HoldKey())),
    Step("hang up", "End the call with the key for that", TALKING, IDLE, (HookOn(),)),
    Step("redial", "Press redial", IDLE, IDLE, (Redial(),)),
    Step("decline", "Somebody calls. Press the key that declines", RINGING, IDLE, (Reject(), HookOn())),
    Step("answer", "Somebody calls. Press the key that answers", RINGING, TALKING, (HookOff(),)),
    Step("end", "End this call too", TALKING, IDLE, (HookOn(),)),
)
