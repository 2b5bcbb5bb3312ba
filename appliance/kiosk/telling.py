"""The box's side of the conversation with the kiosk."""

from collections.abc import Callable

import msgspec
import trio

from appliance.kiosk.config import KioskConfig
from appliance.kiosk.life import Life
from appliance.kiosk.told import BEAT, Settings, Told
from appliance.language.catalogue import Language
from appliance.runtime.web.sockets import Socket


class Telling:
    """Tells the kiosk, each second, what `Told` has."""

    def __init__(
        self, config: KioskConfig, room: str, language: Language, life: Life, quiet: Callable[[], bool]
    ) -> None:
        """`quiet`: whether nobody in the room would miss the screen now."""
        self._config = config
        self._room = room
        self._language = language
        self._life = life
        self._quiet = quiet

    async def talk(self, socket: Socket) -> None:
        """Tells until the kiosk has left."""
        while True:
            await socket.send(msgspec.json.encode(self._now()).decode())
            await trio.sleep(BEAT)

    def _now(self) -> Told:
        settings = Settings(self._config.path, self._config.rotate, self._language.code, self._room)
        return Told(settings, self._life.alive, self._quiet())
