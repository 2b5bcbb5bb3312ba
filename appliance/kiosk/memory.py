"""What the kiosk remembers of the box from one start to the next: how its screen hangs, and what language it speaks."""

from pathlib import Path

import msgspec
import structlog

from appliance.kiosk.told import Settings
from appliance.runtime import atomic

NAME = "settings.json"

log = structlog.get_logger()


class Memory:
    """Keeps the latest settings in a folder; without one, as long as the process lives."""

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / NAME
        self.settings = self._read()

    def keep(self, settings: Settings) -> None:
        """Remembers settings. A folder that cannot be written costs no more than them."""
        if settings == self.settings:
            return
        self.settings = settings
        if self._path is not None:
            try:
                atomic.write(self._path, msgspec.json.encode(settings))
            except OSError as error:
                log.warning("settings_not_kept", reason=str(error))

    def _read(self) -> Settings:
        try:
            content = None if self._path is None else atomic.content_of(self._path)
            return Settings() if content is None else msgspec.json.decode(content, type=Settings)
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("settings_unreadable", reason=str(error))
            return Settings()
