"""All that a room is made of: its configuration, and what that names."""

from collections.abc import Mapping

import msgspec

from appliance.config.schema import Config
from drivers.speakerphone.profiles import Profile

Stamp = tuple[int, ...]
"""What changes with a file: its number, size and time; empty where there is none."""


class Settings(msgspec.Struct, frozen=True):
    """`files`: stamps of what the configuration names, by the path as it stands there, such as a certificate.

    `handed`: stamps of what the process is given once, at its start, by what people call it.
    """

    config: Config
    profiles: tuple[Profile, ...] = ()
    files: Mapping[str, Stamp] = {}
    handed: Mapping[str, Stamp] = {}
