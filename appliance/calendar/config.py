"""`[calendar]`: where the meetings of the room are, if not in its terminal."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from appliance.language.text import Text, Unusable
from appliance.terminal.config import CREDENTIAL_STORE, secret_in


class CalendarConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[calendar]`: `ics`, the address of a calendar file, or `caldav`, that of a calendar; https:// alone.

    `ics_file`: a file with the address, which often is a secret. `user` and `password_file`: who asks. `refresh`:
    minutes between two looks. `titles`: whether titles are shown; those of private meetings never are. `ca`: a PEM file
    with an authority that is trusted beside the machine's own.
    """

    ics: str | None = None
    ics_file: str | None = None
    caldav: str | None = None
    user: str | None = None
    password_file: str | None = None
    ca: str | None = None
    refresh: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 15
    titles: bool = True

    def __post_init__(self) -> None:
        """Refuses none or several addresses, those that would be read along, and half of a login."""
        given = [key for key in ("ics", "ics_file", "caldav") if getattr(self, key) is not None]
        if len(given) != 1:
            raise Unusable(Text("mistake.calendar_one"))
        for key in ("ics", "caldav"):
            if (url := getattr(self, key)) is not None:
                check_url(key, url)
        if (self.user is None) != (self.password_file is None):
            key, beside = ("user", "password_file") if self.password_file is None else ("password_file", "user")
            raise Unusable(Text("mistake.calendar_login", key=key, other=beside), key=key, beside=beside)

    def __repr__(self) -> str:
        return f"CalendarConfig({self.kind}, refresh={self.refresh})"

    @property
    def kind(self) -> Literal["ics", "caldav"]:
        """How it is asked."""
        return "ics" if self.caldav is None else "caldav"

    def address(self, store: Path = CREDENTIAL_STORE) -> str:
        """Returns the address, read from its file if it is in one. Raises `CredentialsError` and `Unusable`."""
        if self.ics_file is None:
            return str(self.ics or self.caldav)
        url = secret_in("ics_file", self.ics_file, store)
        check_url("ics_file", url)
        return url

    def login(self, store: Path = CREDENTIAL_STORE) -> tuple[str, str] | None:
        """Returns name and password; None where nobody is asked. Raises `CredentialsError`."""
        if self.user is None or self.password_file is None:
            return None
        return self.user, secret_in("password_file", self.password_file, store)


def check_url(key: str, url: str) -> None:
    """Raises `Unusable`, which names the key and not the address: that may be a secret."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
    except ValueError:
        raise Unusable(Text("mistake.calendar_url", key=key), key=key) from None
    if not parts.hostname or not (parts.scheme == "https" or plain) or not url.isprintable() or " " in url:
        raise Unusable(Text("mistake.calendar_url", key=key), key=key)
