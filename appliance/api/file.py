"""The configuration as a file that programs may change: the types of what they send and are answered."""

from typing import Annotated, Final

import msgspec

from appliance.maintain.editing import ConfigurationVersion

IF_MATCH: Final = "If-Match"
MARKS: Final = r'^"?[0-9a-f]{64}"?$'
Mark = Annotated[str, msgspec.Meta(pattern=MARKS)]
"""What stands for a file, as a tag of HTTP or bare."""
APPLYING: Final = 90.0  # seconds: a small box checks a file, and takes it


class ConfigurationText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another configuration.

    text: The whole room.toml. Where it says `(kept)` for a secret, the one that the file has stays.
    """

    text: str

    def __repr__(self) -> str:
        return f"ConfigurationText({len(self.text)} characters)"


class OnTrial(msgspec.Struct, frozen=True):
    """A configuration is in force, on trial.

    seconds: After so many the former one returns, unless this one is kept.
    """

    seconds: float


class Ended(msgspec.Struct, frozen=True):
    """The trial is over.

    in_force: `new`, which was kept, or the `former` one.
    """

    in_force: str


class ConfigurationVersions(msgspec.Struct, frozen=True):
    """The last configurations that were kept, the newest first."""

    versions: tuple[ConfigurationVersion, ...]
