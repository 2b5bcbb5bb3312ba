"""The wish for a new password, from a file that whoever holds the card can put on it; never the same wish twice."""

from pathlib import Path

from appliance.runtime import atomic

WISH = "new-password*"
"""The star: an editor may have put .txt behind it."""


def take_wish(boot: Path) -> bool:
    """Removes the wish, and returns whether there was one. Raises `OSError` where it would stay."""
    wishes = sorted(boot.glob(WISH))
    for wish in wishes:
        atomic.remove(wish)
    return bool(wishes)
