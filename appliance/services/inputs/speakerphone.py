"""A speakerphone on the Pi and the room: its keys ask, its lamps show what the terminal confirmed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import trio

from appliance.room import inputs
from appliance.room.inputs import Hook, Input, Key, RedialKey
from appliance.room.local_events.inputs import MuteLocked
from appliance.room.show.indicators import speakerphone_lamps
from appliance.room.state import RoomState
from appliance.room.texts import MUTE_LOCKED
from appliance.runtime.followed import follow
from appliance.services.store import RoomStore
from drivers.speakerphone import requests
from drivers.speakerphone.requests import MuteLock, Request
from drivers.speakerphone.speakerphone import Speakerphone
from drivers.speakerphone.telephony import Lamps

_INPUTS: Mapping[type[Request], Callable[[Any], Input]] = {
    requests.HookOff: lambda _: Hook(off=True),
    requests.HookOn: lambda _: Hook(off=False),
    requests.Reject: lambda _: Hook(off=False),  # the room knows that hanging up while it rings declines
    requests.MuteKey: lambda key: inputs.MuteKey(key.on),
    requests.HoldKey: lambda key: inputs.HoldKey(key.on),
    requests.Flash: lambda _: inputs.HoldKey(),
    requests.VolumeKey: lambda key: inputs.VolumeKey(key.step),
    requests.Redial: lambda _: RedialKey(),
    requests.Digit: lambda key: Key(key.symbol),
}


class SpeakerphoneService:
    """Joins one speakerphone, `name` in the configuration, to the room."""

    def __init__(self, name: str, phone: Speakerphone, store: RoomStore, put: Callable[[Input], None]) -> None:
        self._name = name
        self._phone = phone
        self._store = store
        self._put = put
        self._is_tried = False

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens and shows until cancelled; raises `DeviceError` when it is not there or goes away."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(follow, self._store.followed, self._show)
                await self._phone.run(self._heard, task_status=task_status)
        finally:
            self._store.apply(MuteLocked(self._name, on=False))

    @contextmanager
    def tried(self, lamps: Lamps) -> Iterator[None]:
        """Shows these lamps instead of the room, for as long as it lasts."""
        self._is_tried = True
        self._phone.set_lamps(lamps)
        try:
            yield
        finally:
            self._is_tried = False
            self._show(self._store.state, trio.current_time())

    async def written(self) -> None:
        """Waits until the device has taken its lamps. Raises `DeviceError`: it does not."""
        await self._phone.written()

    def _show(self, state: RoomState, now: float) -> float:
        """Sets the lamps; returns when to look again."""
        shown = speakerphone_lamps(state, now)
        lamps = shown.what
        if not self._is_tried:
            self._phone.set_lamps(Lamps(off_hook=lamps.off_hook, ring=lamps.ring, mute=lamps.mute, hold=lamps.hold))
        return shown.until

    def _heard(self, request: Request) -> None:
        if isinstance(request, MuteLock):
            self._lock(on=request.on)
        else:
            self._put(_INPUTS[type(request)](request))

    def _lock(self, *, on: bool) -> None:
        self._store.apply(MuteLocked(self._name, on=on))
        if on:
            self._store.tell(MUTE_LOCKED)
