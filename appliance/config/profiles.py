"""Profiles of speakerphones that a user adds: every file in `profiles` beside the configuration.

A mistake in a file costs that profile only: it is reported as in `room.toml`, and the device is handled without it.
"""

from pathlib import Path
from typing import Final

import msgspec

from appliance.config.content import LARGEST_FILE, Undecodable, decoded
from appliance.config.load import ConfigError
from appliance.config.toml import Mistake, read
from appliance.language.text import Text
from appliance.runtime.files import read_file
from drivers.speakerphone.profile_file import ProfileFile
from drivers.speakerphone.profiles import Profile

FOLDER: Final = "profiles"
MOST: Final = 100  # files read; a room has one or two kinds of speakerphones


class Profiles(msgspec.Struct, frozen=True):
    """The usable profiles, in the order of their file names, and the mistakes, one a line: FILE:LINE: key: message."""

    usable: tuple[Profile, ...] = ()
    mistakes: tuple[str, ...] = ()


def profiles_beside(config: Path) -> Profiles:
    """Reads the profiles beside a configuration file. Blocks; never raises."""
    usable: list[Profile] = []
    mistakes: list[str] = []
    for number, path in enumerate(_files(config.parent / FOLDER)):
        too_many = [Mistake(1, "", Text("mistake.too_many_profiles", most=MOST))]
        profile, wrong = _read(path) if number < MOST else (None, too_many)
        if profile is not None:
            usable.append(profile)
        mistakes += str(ConfigError(path, wrong)).splitlines()
    return Profiles(tuple(usable), tuple(mistakes))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")[: MOST + 1]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        return [folder]  # reading it says why


def _read(path: Path) -> tuple[Profile | None, list[Mistake]]:
    try:
        written, mistakes = read(ProfileFile, decoded(read_file(path, LARGEST_FILE + 1, follow=True)))
    except OSError as error:
        return None, [Mistake(1, "", Text("mistake.cannot_be_read", words=str(error.strerror)))]
    except Undecodable as error:
        return None, [error.mistake]
    return (None if written is None else written.profile()), mistakes
