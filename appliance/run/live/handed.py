"""What the process is handed once, when it starts, and could not take anew: noticed here, so that it is started again.

Looking at a file costs a system call, and happens only when somebody asks for a reload. Credentials are the reason for
looking at folders: systemd copies them for the service when it starts it, and their own files are root's; who replaces
one as a whole, as the card does, changes the time of the folder.
"""

from collections.abc import Mapping
from pathlib import Path

import structlog

from appliance.config.load import load
from appliance.config.profiles import profiles_beside
from appliance.config.schema import Config
from appliance.run.live.made_of import files_in
from appliance.run.live.settings import Settings, Stamp
from appliance.terminal.config import place
from drivers.speakerphone.profiles import Profile

log = structlog.get_logger()

PLACES: Mapping[str, Path] = {
    "the version": Path(__file__),  # an upgrade puts another file in its place
    "credentials": Path("/etc/credstore"),
    "the time zone": Path("/etc/localtime"),
    "the proxy": Path("/etc/offhook/proxy.json"),
    "trusted certificates": Path("/etc/ssl/certs"),
}
"""Files and folders by what people call what they have."""


def read_settings(path: Path) -> Settings:
    """Returns what the file `path` and its surroundings say now. Blocks. Raises `ConfigError`.

    Also raises `ValueError` when the file that it names for the PIN of the lock cannot be read.
    """
    config = load(path)
    config.bindings(), config.room.unlocked_by()  # what the room would raise for, before anything ends
    profiles = profiles_beside(path)
    for mistake in profiles.mistakes:
        log.warning("profile_not_used", mistake=mistake)
    return settings_of(config, profiles.usable)


def settings_of(config: Config, profiles: tuple[Profile, ...] = ()) -> Settings:
    """Returns a configuration with the stamps of what it names, and of what the process is handed. Blocks."""
    tables = (config.room, config.terminal, config.tones, config.panel, config.share, config.mqtt, config.webhooks)
    files = files_in(*tables, config.calendar, config.metrics)
    return Settings(config, profiles, files={name: stamp(place(name)) for name in files}, handed=handed())


def handed(places: Mapping[str, Path] = PLACES) -> dict[str, Stamp]:
    """Returns what stands for all that the process is handed."""
    return {what: stamp(path) for what, path in places.items()}


def stamp(path: Path) -> Stamp:
    """Returns what changes with a file or folder; empty where there is none that can be looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
