"""The maintainer's password: none at first, then a random one of this box, then what the maintainer makes of it."""

import secrets
from pathlib import Path
from typing import Final

import msgspec

from appliance.access.hashing import LONGEST
from appliance.access.kept import Kept
from appliance.language.text import Text, Worded

FILE: Final = "password.json"
LETTERS: Final = "abcdefghjknpqrstuvxyz23456789"
"""Without those that are taken for others (i l o 0 1), or of which twelve are too wide for the display (m w)."""
PARTS: Final = 3
PART: Final = 4  # letters; all of them are 58 bits
LEAST: Final = 10  # characters of one that somebody has chosen


class Password(msgspec.Struct, frozen=True):
    """What is kept of a password. `digest`: empty, there is none. `is_made`: it was made here, and not chosen."""

    digest: str = ""
    is_made: bool = False

    def __repr__(self) -> str:
        return f"Password({'set' if self.digest else 'none'})"

    def meant(self, typed: str) -> str:
        """Returns what somebody means who typed this: one that was made here may be typed without its hyphens."""
        return "".join(letter for letter in typed.lower() if letter.isalnum()) if self.is_made else typed


class WeakPassword(Worded):
    """Nobody should have this password; says why."""


def kept_password(folder: Path | None) -> Kept[Password]:
    """Returns the file of the password; `folder`: the service's state folder."""
    return Kept(folder, FILE, Password())


def random_password() -> str:
    """Returns a new one as people read it: `k7nn-4xqp-z2rt`."""
    parts = ("".join(secrets.choice(LETTERS) for _ in range(PART)) for _ in range(PARTS))
    return "-".join(parts)


def check_password(password: str) -> None:
    """Raises `WeakPassword` where this should not be chosen."""
    if not LEAST <= len(password) <= LONGEST or len(set(password)) < LEAST // 2:
        raise WeakPassword(Text("login.weak", least=LEAST, most=LONGEST))
