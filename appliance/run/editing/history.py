"""The versions of a room's `room.toml`, in the state folder; without one, as in development, for as long as we run."""

from pathlib import Path

import structlog

from appliance.config.bounded import NotToml
from appliance.config.edit.proposal import difference
from appliance.config.edit.text import CannotEdit
from appliance.config.edit.versions import MOST, Versions
from appliance.config.edit.versions import Version as Kept
from appliance.maintain.editing import ConfigurationVersion

log = structlog.get_logger()


class History:
    """The last versions. Every method blocks; a version that cannot be kept is logged, and costs nothing else."""

    def __init__(self, folder: Path | None) -> None:
        self._versions = None if folder is None else Versions(folder)
        self._here: list[Kept] = []

    def keep(self, text: str, who: str, at: float | None) -> None:
        """Keeps a text without secrets as the newest version."""
        try:
            if self._versions is not None:
                self._versions.keep(text, who, at)
            elif not self._here or self._here[0].text != text:
                number = self._here[0].number + 1 if self._here else 1
                self._here = [Kept(number, who, at, "", text), *self._here][:MOST]
        except (OSError, CannotEdit, NotToml) as error:
            log.warning("version_not_kept", reason=str(error))

    def all(self) -> tuple[ConfigurationVersion, ...]:
        """Returns those that there are, the newest first."""
        found = self._here if self._versions is None else self._versions.all()
        return tuple(ConfigurationVersion(each.number, each.who, each.at, each.text) for each in found)

    def compared(self, now: str) -> dict[int, str]:
        """Returns by their numbers what would be changed by going back to each."""
        return {each.number: difference(now, each.text) for each in self.all()}
