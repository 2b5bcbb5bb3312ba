"""Versions as releases have them: `1.4.0`, and `1.4.0rc1` before it."""

import math
import re

import msgspec

from appliance.language.text import Text, Unusable

_FORM = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:rc([1-9]\d{0,5}))?", re.ASCII)


class Version(msgspec.Struct, frozen=True, order=True):
    """A version; `candidate` counts those before a release, and is infinite for the release itself."""

    major: int
    minor: int
    patch: int
    candidate: float = math.inf

    def __str__(self) -> str:
        """Returns the version as it is written."""
        tail = "" if self.candidate == math.inf else f"rc{self.candidate:.0f}"
        return f"{self.major}.{self.minor}.{self.patch}{tail}"


def version(text: str) -> Version:
    """Reads a version. Raises `Unusable` for what is none."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise Unusable(Text("update.why.version", version=text[:40]))
    major, minor, patch, candidate = found.groups()
    return Version(int(major), int(minor), int(patch), math.inf if candidate is None else int(candidate))
