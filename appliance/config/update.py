"""`[update]`: where the card gets new versions, and what it may do with them by itself."""

import ipaddress
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from appliance.config.tables.automations import local_time
from appliance.language.text import Text, Unusable

LONGEST_URL = 1024  # characters
_BETWEEN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


class UpdateConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[update]`: `url` is the folder of a repository; without it, nothing is asked for.

    `channel`: which versions. `automatic`: they are installed by themselves, in the `window` of local time and never
    during a call. `stick`: so are those on a USB stick. `ca`: a file (PEM) of certificates
    that are trusted beside the system's. `confirm_after`: minutes for which a new version has to work before it stays.
    """

    url: str = ""
    channel: Literal["stable", "testing"] = "stable"
    automatic: bool = False
    window: str = "02:00-05:00"
    stick: bool = False
    ca: str | None = None
    confirm_after: Annotated[int, msgspec.Meta(ge=1, le=60)] = 3

    def __post_init__(self) -> None:
        """Refuses a repository that could be read or changed on the way, and what could never be."""
        self.hours()
        if self.url and not is_safe(self.url):
            raise Unusable(Text("mistake.update_url", url=self.url), key="url")
        if self.automatic and not self.url:
            raise Unusable(Text("mistake.update_without_url"), key="automatic", beside="url")

    def hours(self) -> tuple[int, int]:
        """Returns the minutes of the day at which the window begins and ends; the end may be on the next day."""
        found = _BETWEEN.fullmatch(self.window)
        if found is None or found[1] == found[2]:
            raise Unusable(Text("mistake.update_window", window=self.window), key="window")
        begins, ends = (local_time("window", each) for each in found.groups())
        return begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute


def is_safe(url: str) -> bool:
    """Returns whether nobody on the way can read or change what comes from there: HTTPS, or this machine itself."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or set(url) & set(' "<>\\'):
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or port == 0 or parts.username is not None or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
