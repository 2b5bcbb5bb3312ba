"""A speakerphone on the Pi and the room: its keys ask, its lamps show what the terminal confirmed."""

from collections.abc import Callable, Mapping
from typing import Any

import trio

from appliance.followed import Followed
from appliance.room import inputs
from appliance.room.indicators import speakerphone_lamps
from appliance.room.inputs import Hook, Input, Key, RedialKey
from appliance.room.state import RoomState
from drivers.speakerphone import telephony
from drivers.speakerphone.speakerphone import Speakerphone
from drivers.speakerphone.telephony import Lamps, Request

_INPUTS: Mapping[type[Request], Callable[[Any], Input]] = {
    telephony.HookOff: lambda _: Hook(off=True),
    telephony.HookOn: lambda _: Hook(off=False),
    telephony.Reject: lambda _: Hook(off=False),  # the room knows that hanging up while it rings declines
    telephony.MuteKey: lambda key: inputs.MuteKey(key.on),
    telephony.HoldKey: lambda key: inputs.HoldKey(key.on),
    telephony.Flash: lambda _: inputs.HoldKey(),
    telephony.VolumeKey: lambda key: inputs.VolumeKey(key.step),
    telephony.Redial: lambda _: RedialKey(),
    telephony.Digit: lambda key: Key(key.symbol),
}


class SpeakerphoneService:
    """Joins one speakerphone to the room."""

    def __init__(self, phone: Speakerphone, room: Followed[RoomState], put: Callable[[Input], None]) -> None:
        self._phone = phone
        self._room = room
        self._put = put

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens and shows until cancelled; raises `DeviceError` when it is not there or goes away."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._follow)
            await self._phone.run(self._heard, task_status=task_status)

    async def _follow(self) -> None:
        state = None
        while True:
            state = await self._room.newer_than(state)
            lamps = speakerphone_lamps(state)
            self._phone.set_lamps(Lamps(off_hook=lamps.off_hook, ring=lamps.ring, mute=lamps.mute, hold=lamps.hold))

    def _heard(self, request: Request) -> None:
        meaning = _INPUTS.get(type(request))
        if meaning is not None:
            self._put(meaning(request))
